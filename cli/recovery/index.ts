/** Rollback and degraded mode in Git: what follows when Argo CD reports a failed release. */
export type { RecoveryOptions } from "./context.ts";
export type { Decision } from "./decision.ts";
export { eventId, parseEvent } from "./event.ts";
export type { RecoveryEvent } from "./event.ts";
export { handleEvent } from "./handle.ts";
export { defaultLimits } from "./limits.ts";
export type { Limits } from "./limits.ts";
export { noteOverdue } from "./outcome.ts";

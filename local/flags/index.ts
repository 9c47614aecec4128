/** Feature flags, evaluated by flagd's own rules and served over OFREP: what flagd is in a cluster. */
export { FlagSets } from "./flag-sets.ts";
export type { FlagProblem } from "./flag-sets.ts";
export { answerOfrep } from "./ofrep.ts";
export { flagServer } from "./server.ts";

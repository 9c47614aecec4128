/** Flagger and its load tester as processes of the local platform. */
export { flaggerNamespace, loadtesterService, processNames } from "./names.ts";
export { installFlagger, startFlagger } from "./start.ts";
export type { FlaggerEvent, FlaggerOptions, FlaggerSettings } from "./start.ts";
export { stopFlagger } from "./stop.ts";
export type { FlaggerTools } from "./tools.ts";

/** Flux as processes of the local platform: source-controller, kustomize-controller, and Git over HTTP for them. */
export { fluxNamespace, processNames } from "./names.ts";
export { gitHttpUrl } from "./processes.ts";
export { installFlux, startFlux } from "./start.ts";
export type { FluxEvent, FluxOptions } from "./start.ts";
export { stopFlux } from "./stop.ts";
export type { FluxTools } from "./tools.ts";

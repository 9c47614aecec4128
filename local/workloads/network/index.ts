/** The names of the cluster and the ways to what is behind them. */
export { serviceName } from "./name.ts";
export type { ServiceName } from "./name.ts";
export { serviceProxy } from "./proxy.ts";
export type { Upstream } from "./proxy.ts";
export { Unreachable, endpointsOf, isSelected } from "./resolve.ts";
export type { Endpoint, Network } from "./resolve.ts";
export { RoundRobin } from "./round-robin.ts";

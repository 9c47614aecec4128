/** Real programs behind the pods of the sample applications, their names, and users' traffic to them. */
export { workloadsClient } from "./api/client.ts";
export type { WorkloadsClient } from "./api/client.ts";
export type { PodInfo } from "./api/contract.ts";
export { serviceProxyUrl, workloadsProcess } from "./ports.ts";
export { startWorkloads, stopWorkloads } from "./start.ts";
export type { Workloads, WorkloadsEvent, WorkloadsOptions, WorkloadsTools } from "./start.ts";
export { trafficBetween } from "./traffic/tally.ts";
export type { ApplicationTraffic, Count, Role, Traffic } from "./traffic/tally.ts";

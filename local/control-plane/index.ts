/** The Kubernetes API of a local platform. */
export { administrator } from "./identities.ts";
export { administratorConfig } from "./kube-client.ts";
export { nodeName } from "./node.ts";
export { startControlPlane } from "./start-control-plane.ts";
export type { ControlPlane, ControlPlaneEvent, StartOptions } from "./start-control-plane.ts";
export { stopControlPlane } from "./stop-control-plane.ts";
export type { Binary, ControlPlaneTools } from "./tools.ts";
export { userKubeconfig } from "./user-kubeconfig.ts";
export type { UserKubeconfigArgs } from "./user-kubeconfig.ts";
export { plannedVersionChange } from "./version-change.ts";
export type { VersionChange } from "./version-change.ts";

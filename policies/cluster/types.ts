/** The component of this program and the resource that its plugin makes: both are judged. */
export const clusterComponent = "eks:index:Cluster";
export const cluster = "aws:eks/cluster:Cluster";
export const clusters: readonly string[] = [clusterComponent, cluster];

export const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
/** The node group of pulumi-eks has the same fields, and makes one of AWS. */
export const nodeGroups: readonly string[] = [nodeGroup, "eks:index:ManagedNodeGroup"];

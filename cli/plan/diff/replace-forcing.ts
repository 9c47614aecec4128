/**
 * Fields that cannot change in place: whoever changes one gets a new object, and loses the old one.
 *
 * Kubernetes: pulumi/pulumi-kubernetes, provider/pkg/provider/diff.go, forceNewProperties. The provider spares
 * ConfigMaps and Secrets unless they say `immutable: true`, which is why their data is not in the table.
 * AWS: ForceNew in hashicorp/terraform-provider-aws: internal/service/eks/node_group.go and cluster.go,
 * internal/service/ec2/vpc_.go and vpc_subnet.go, internal/service/iam/role.go. A type that is not in the table may
 * need a replacement all the same; only `pulumi preview` asks the provider.
 */
const kubernetesFields: Readonly<Record<string, readonly string[]>> = {
  DaemonSet: ["spec.selector"],
  Deployment: ["spec.selector"],
  StatefulSet: [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  Job: ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  ClusterRoleBinding: ["roleRef"],
  RoleBinding: ["roleRef"],
  StorageClass: ["parameters", "provisioner"],
  ResourceQuota: ["spec.scopes"],
  Service: ["spec.clusterIP"],
  Secret: ["type"],
  PersistentVolumeClaim: ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
};

const identityFields = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];

const cloudFields: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/nodeGroup:NodeGroup": [
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "instanceTypes",
    "launchTemplate.id",
    "launchTemplate.name",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "remoteAccess",
    "subnetIds",
  ],
  "aws:ec2/vpc:Vpc": ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  "aws:ec2/subnet:Subnet": [
    "availabilityZone",
    "availabilityZoneId",
    "cidrBlock",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6Native",
    "outpostArn",
    "vpcId",
  ],
  "aws:iam/role:Role": ["name", "namePrefix", "path"],
  // The component hands its name to the EKS cluster, whose name is ForceNew.
  "eks:index:Cluster": ["name"],
};

/** The fields of a Pulumi resource's type, or of a Kubernetes kind, that cannot change in place. */
export function replaceForcing(type: string, kind: string | undefined): readonly string[] {
  if (kind === undefined) return cloudFields[type] ?? [];
  return [...identityFields, ...(kubernetesFields[kind] ?? [])];
}

/** Those of the changed paths that force a replacement. */
export function forcing(paths: readonly string[], type: string, kind: string | undefined): readonly string[] {
  const fields = replaceForcing(type, kind);
  return paths.filter((path) => fields.some((field) => path === field || /^[.[]/.test(after(path, field))));
}

function after(path: string, field: string): string {
  return path.startsWith(field) ? path.slice(field.length) : "";
}

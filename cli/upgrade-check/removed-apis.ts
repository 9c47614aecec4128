/**
 * API versions that Kubernetes deprecates and no longer serves, by the minor in which that happens.
 *
 * Read from the life cycles that the API types declare: k8s.io/api v0.36.3 and v0.37.2, apiextensions-apiserver and
 * kube-aggregator v0.36.3, zz_generated.prerelease-lifecycle.go (`APILifecycleDeprecated`, `APILifecycleRemoved`,
 * `APILifecycleReplacement`); compared with kubernetes.io, "Deprecated API Migration Guide". A version that is replaced
 * in place keeps the declared removal until a release says otherwise.
 */

/** The newest Kubernetes minor whose declarations were read: a later one may remove more. */
export const removedApisReadAt = 37;

/** What the two sources are called in findings. */
export const removedApisSource = "kubernetes.io, Deprecated API Migration Guide; life cycles in k8s.io/api v0.37.2";

/** Kinds of one API version with the same fate. */
export interface RemovedApi {
  /** `policy/v1beta1`. */
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** Minor from which the API server warns. */
  readonly deprecated: number;
  /** First minor that does not serve it. */
  readonly removed: number;
  /** The API version to write instead; absent where none is declared. */
  readonly instead?: string;
}

const dra = ["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"];
const flowcontrol = ["FlowSchema", "PriorityLevelConfiguration"];
const webhooks = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const rbac = ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"];
const mutating = ["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"];
const validating = ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];
const admission = "admissionregistration.k8s.io";
const flow = "flowcontrol.apiserver.k8s.io";

type Row = readonly [
  apiVersion: string,
  kinds: readonly string[],
  deprecated: number,
  removed: number,
  instead?: string,
];

const rows: readonly Row[] = [
  ["apps/v1beta1", ["ControllerRevision", "Deployment", "StatefulSet"], 8, 16, "apps/v1"],
  ["apps/v1beta2", ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"], 9, 16, "apps/v1"],
  ["extensions/v1beta1", ["DaemonSet", "Deployment", "ReplicaSet"], 8, 16, "apps/v1"],
  ["extensions/v1beta1", ["NetworkPolicy"], 9, 16, "networking.k8s.io/v1"],
  ["extensions/v1beta1", ["Ingress"], 14, 22, "networking.k8s.io/v1"],
  [`${admission}/v1beta1`, webhooks, 16, 22, `${admission}/v1`],
  ["apiextensions.k8s.io/v1beta1", ["CustomResourceDefinition"], 16, 22, "apiextensions.k8s.io/v1"],
  ["apiregistration.k8s.io/v1beta1", ["APIService"], 19, 22, "apiregistration.k8s.io/v1"],
  ["certificates.k8s.io/v1beta1", ["CertificateSigningRequest"], 19, 22, "certificates.k8s.io/v1"],
  ["coordination.k8s.io/v1beta1", ["Lease"], 19, 22, "coordination.k8s.io/v1"],
  ["networking.k8s.io/v1beta1", ["Ingress", "IngressClass"], 19, 22, "networking.k8s.io/v1"],
  ["rbac.authorization.k8s.io/v1beta1", rbac, 17, 22, "rbac.authorization.k8s.io/v1"],
  ["scheduling.k8s.io/v1beta1", ["PriorityClass"], 14, 22, "scheduling.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", ["CSIDriver", "StorageClass", "VolumeAttachment"], 19, 22, "storage.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", ["CSINode"], 17, 22, "storage.k8s.io/v1"],
  ["storage.k8s.io/v1alpha1", ["CSIStorageCapacity", "VolumeAttachment"], 21, 24, "storage.k8s.io/v1"],
  ["batch/v1beta1", ["CronJob"], 21, 25, "batch/v1"],
  ["discovery.k8s.io/v1beta1", ["EndpointSlice"], 21, 25, "discovery.k8s.io/v1"],
  ["events.k8s.io/v1beta1", ["Event"], 22, 25, "events.k8s.io/v1"],
  ["node.k8s.io/v1beta1", ["RuntimeClass"], 22, 25, "node.k8s.io/v1"],
  ["policy/v1beta1", ["PodDisruptionBudget"], 21, 25, "policy/v1"],
  [`${flow}/v1beta1`, flowcontrol, 23, 26, `${flow}/v1`],
  ["storage.k8s.io/v1beta1", ["CSIStorageCapacity"], 24, 27, "storage.k8s.io/v1"],
  [`${flow}/v1beta2`, flowcontrol, 26, 29, `${flow}/v1`],
  [`${flow}/v1beta3`, flowcontrol, 29, 32, `${flow}/v1`],
  [`${admission}/v1alpha1`, validating, 29, 32, `${admission}/v1`],
  [`${admission}/v1beta1`, validating, 31, 34, `${admission}/v1`],
  ["storage.k8s.io/v1alpha1", ["VolumeAttributesClass"], 32, 35, "storage.k8s.io/v1"],
  ["networking.k8s.io/v1beta1", ["IPAddress", "ServiceCIDR"], 34, 37, "networking.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", ["VolumeAttributesClass"], 34, 37, "storage.k8s.io/v1"],
  [`${admission}/v1alpha1`, mutating, 35, 38, `${admission}/v1`],
  ["coordination.k8s.io/v1alpha2", ["LeaseCandidate"], 35, 38],
  ["resource.k8s.io/v1beta1", dra, 35, 38, "resource.k8s.io/v1"],
  ["coordination.k8s.io/v1beta1", ["LeaseCandidate"], 36, 39],
  ["resource.k8s.io/v1beta2", dra, 36, 39, "resource.k8s.io/v1"],
  ["resource.k8s.io/v1alpha3", ["DeviceTaintRule"], 36, 39],
  [`${admission}/v1beta1`, mutating, 37, 40, `${admission}/v1`],
  ["certificates.k8s.io/v1beta1", ["ClusterTrustBundle", "PodCertificateRequest"], 37, 40, "certificates.k8s.io/v1"],
  ["storagemigration.k8s.io/v1beta1", ["StorageVersionMigration"], 37, 40, "storagemigration.k8s.io/v1"],
];

/** Every row, oldest removal first. */
export const removedApis: readonly RemovedApi[] = rows.map(([apiVersion, kinds, deprecated, removed, instead]) => ({
  apiVersion,
  kinds,
  deprecated,
  removed,
  ...(instead === undefined ? {} : { instead }),
}));

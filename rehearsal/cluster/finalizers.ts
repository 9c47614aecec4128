import { describeObject, type KubernetesObject, type ObjectIdentity } from "./kubernetes-object.ts";

/** Who removes a finalizer, so that a person knows what to start or to look at. */
const owners: Readonly<Record<string, string>> = {
  // argo-cd v3.5.7, pkg/apis/application/v1alpha1/application_defaults.go
  "resources-finalizer.argocd.argoproj.io": "Argo CD's application controller, once it has deleted the workloads",
  // fluxcd/flagger, pkg/controller/finalizer.go
  "finalizer.flagger.app": "Flagger, once it has given the workload back",
  // kedacore/keda, controllers/keda/*_finalizer.go
  "finalizer.keda.sh": "the KEDA operator",
  // k8s.io/apimachinery v0.36.3, pkg/apis/meta/v1/types.go
  "foregroundDeletion": "the garbage collector of kube-controller-manager, once what the object owns is gone",
  "orphan": "the garbage collector of kube-controller-manager",
  // k8s.io/api v0.36.3, core/v1/types.go
  "kubernetes": "the namespace controller of kube-controller-manager, once the namespace is empty",
  // k8s.io/apiextensions-apiserver v0.36.3, pkg/apis/apiextensions/v1/types.go
  "customresourcecleanup.apiextensions.k8s.io": "the API server, once no object of the kind is left",
  // k8s.io/cloud-provider v0.36.3, service/helpers/helper.go
  "service.kubernetes.io/load-balancer-cleanup": "the cloud controller, once the load balancer is gone",
  // k8s.io/kubernetes v1.36.3, pkg/volume/util/finalizer.go
  "kubernetes.io/pvc-protection": "kube-controller-manager, once no pod uses the claim",
  "kubernetes.io/pv-protection": "kube-controller-manager, once no claim uses the volume",
};

/** Says why an object that is being deleted is still there. */
export function explainStuck(identity: ObjectIdentity, object: KubernetesObject): string {
  const what = describeObject(identity);
  if (object.metadata.deletionTimestamp === undefined) return `${what}: made again while it was being deleted`;
  const spec = object["spec"] as { readonly finalizers?: readonly string[] } | undefined;
  const ofNamespace = identity.kind === "Namespace" ? (spec?.finalizers ?? []) : [];
  const finalizers = [...(object.metadata.finalizers ?? []), ...ofNamespace];
  if (finalizers.length === 0) return `${what}: deleted, but still running down (grace period)`;
  const lines = finalizers.map((name) => {
    return `  finalizer "${name}" is removed by ${owners[name] ?? "the controller that set it"}`;
  });
  return [`${what}: waits for its finalizers`, ...lines, ...remaining(object)].join("\n");
}

/** What the namespace controller says about a namespace's contents. */
function remaining({ status }: KubernetesObject): string[] {
  const { conditions } = (status ?? {}) as {
    readonly conditions?:
      readonly { readonly type: string; readonly status: string; readonly message?: string }[] | null;
  };
  return (conditions ?? [])
    .filter(({ type, status: state }) => type.startsWith("Namespace") && state === "True")
    .map(({ message }) => `  ${message ?? ""}`);
}

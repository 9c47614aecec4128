import { stringify } from "yaml";

/**
 * Kinds that Argo CD neither watches nor shows: many, short-lived, and never declared in Git. The list is that of
 * Argo CD's installation manifest (manifests/base/config/argocd-cm.yaml, v3.5.7) for the controllers of this platform.
 */
export const resourceExclusions: string = stringify([
  { apiGroups: ["", "discovery.k8s.io"], kinds: ["Endpoints", "EndpointSlice"] },
  { apiGroups: ["coordination.k8s.io"], kinds: ["Lease"] },
  {
    apiGroups: ["authentication.k8s.io", "authorization.k8s.io"],
    kinds: [
      "SelfSubjectReview",
      "TokenReview",
      "LocalSubjectAccessReview",
      "SelfSubjectAccessReview",
      "SelfSubjectRulesReview",
      "SubjectAccessReview",
    ],
  },
  { apiGroups: ["certificates.k8s.io"], kinds: ["CertificateSigningRequest"] },
  { apiGroups: ["cert-manager.io"], kinds: ["CertificateRequest"] },
]);

const ignoreUpdates = "resource.customizations.ignoreResourceUpdates";

/**
 * Changes of a live object that start no reconciliation (same source). A status that changes the health still does.
 * Flagger and KEDA write status every few seconds, so without these rules an idle platform never rests.
 */
export const ignoredUpdates: Readonly<Record<string, string>> = {
  [`${ignoreUpdates}.all`]: stringify({ jsonPointers: ["/status"] }),
  [`${ignoreUpdates}.apps_ReplicaSet`]: annotations(
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
  ),
  [`${ignoreUpdates}.argoproj.io_Application`]: stringify({
    jqPathExpressions: [
      '.metadata.annotations."notified.notifications.argoproj.io"',
      '.metadata.annotations."argocd.argoproj.io/refresh"',
      ".operation",
    ],
  }),
};

function annotations(...names: readonly string[]): string {
  return stringify({ jqPathExpressions: names.map((name) => `.metadata.annotations."${name}"`) });
}

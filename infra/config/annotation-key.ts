import { pattern } from "./scalar.ts";

/** A Kubernetes annotation key (k8s.io/apimachinery validation.IsQualifiedName). */
export const annotationKey = pattern(
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  {
    noun: "an annotation key",
    allowed: "letters, digits, '-', '_' and '.', at most 63 characters, with a DNS prefix and '/' or none",
    example: "cert-manager.io/cluster-issuer",
  },
);

import type { Identity } from "./client-certificate.ts";

/**
 * The user and the groups that a token of this service account would have (Kubernetes documentation, "Service account
 * tokens"): a certificate for them has exactly the rights of the bindings to the service account.
 */
export function serviceAccountIdentity(namespace: string, name: string): Identity {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
  };
}

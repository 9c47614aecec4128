import { ValidatingAdmissionPolicy } from "@pulumi/kubernetes/admissionregistration/v1/validatingAdmissionPolicy.js";
import { ValidatingAdmissionPolicyBinding } from "@pulumi/kubernetes/admissionregistration/v1/validatingAdmissionPolicyBinding.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import { labels } from "../../labels.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import { kustomizationValidations, podValidations, sourceValidations } from "./admission-rules.ts";
import type { Validation } from "./admission-rules.ts";

/** Names of the policies and of their bindings. */
export const admissionNames = {
  sources: "gitops-flux-sources",
  kustomizations: "gitops-flux-kustomizations",
  pods: "gitops-flux-pods",
} as const;

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
}

/**
 * The boundary of the environments, in the API server: it holds for people with rights in a namespace as for this
 * program. Both engines then refuse the same, Argo CD by its AppProjects and Flux by this and by the account's Role.
 */
export function createAdmission(
  repository: string,
  environments: readonly DeliveryEnvironment[],
  options: CustomResourceOptions,
): Resource[] {
  const admission = (name: string, rule: Rule, validations: readonly Validation[]): Resource[] => {
    const policy = new ValidatingAdmissionPolicy(
      name,
      {
        metadata: { name },
        spec: {
          failurePolicy: "Fail",
          matchConstraints: {
            namespaceSelector: { matchExpressions: [{ key: labels.environment, operator: "Exists" }] },
            // A version is a form of the same object: none of them gets around the policy.
            resourceRules: [{ ...rule, apiVersions: ["*"], operations: ["CREATE", "UPDATE"] }],
          },
          // What is on its way out only loses its finalizers, which nothing here may stop.
          matchConditions: [{ name: "not-deleted", expression: "!has(object.metadata.deletionTimestamp)" }],
          validations: [...validations],
        },
      },
      options,
    );
    const binding = new ValidatingAdmissionPolicyBinding(
      name,
      { metadata: { name }, spec: { policyName: name, validationActions: ["Deny"] } },
      { ...options, dependsOn: [policy] },
    );
    return [policy, binding];
  };
  const sources = [
    "buckets",
    "externalartifacts",
    "gitrepositories",
    "helmcharts",
    "helmrepositories",
    "ocirepositories",
  ];
  return [
    ...admission(
      admissionNames.sources,
      { apiGroups: ["source.toolkit.fluxcd.io"], resources: sources },
      sourceValidations(repository, environments),
    ),
    ...admission(
      admissionNames.kustomizations,
      {
        apiGroups: ["kustomize.toolkit.fluxcd.io", "helm.toolkit.fluxcd.io"],
        resources: ["kustomizations", "helmreleases"],
      },
      kustomizationValidations,
    ),
    ...admission(admissionNames.pods, { apiGroups: [""], resources: ["pods"] }, podValidations),
  ];
}

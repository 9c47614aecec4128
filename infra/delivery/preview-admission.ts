import { ValidatingAdmissionPolicy } from "@pulumi/kubernetes/admissionregistration/v1/validatingAdmissionPolicy.js";
import { ValidatingAdmissionPolicyBinding } from "@pulumi/kubernetes/admissionregistration/v1/validatingAdmissionPolicyBinding.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import { argocdNamespace } from "../crds/argocd.ts";
import { labels } from "../labels.ts";

import { guardKinds, previewKinds } from "./preview-projects.ts";

/** Name of the policy and of its binding. */
export const previewPolicyName = "gitops-previews";

/** Plural, as resources are named in rules. */
const resources: Readonly<Record<string, string>> = {
  ConfigMap: "configmaps",
  Service: "services",
  ServiceAccount: "serviceaccounts",
  Deployment: "deployments",
  HorizontalPodAutoscaler: "horizontalpodautoscalers",
  PodDisruptionBudget: "poddisruptionbudgets",
  LimitRange: "limitranges",
  ResourceQuota: "resourcequotas",
  NetworkPolicy: "networkpolicies",
};

/**
 * What the AppProject cannot say. It allows all namespaces of previews to the Application of each, and a pull request
 * may have Kustomize write another namespace than its own; but Argo CD writes into every object which Application it
 * belongs to (`trackingId`; util/argo/resource_tracking.go of argoproj/argo-cd v3.5.7), and a manifest cannot change that.
 */
const trackingId = "argocd.argoproj.io/tracking-id";
const tracked = `dyn(object).metadata.?annotations["${trackingId}"].orValue("")`;
const guarded = `object.kind in ${JSON.stringify(guardKinds.map(({ kind }) => kind))}`;

const validations = [
  {
    expression: `${tracked}.startsWith(object.metadata.namespace + (${guarded} ? ":" : "."))`,
    message: "a preview writes into its own namespace alone, and what holds it is the platform's",
  },
  {
    // CVE-2020-8554: whoever names an address gets the traffic that pods send there.
    expression: 'object.kind != "Service" || size(dyn(object).spec.?externalIPs.orValue([])) == 0',
    message: "a Service of a preview has no externalIPs",
  },
  {
    expression: 'object.kind != "Deployment" || dyn(object).spec.template.spec.?priorityClassName.orValue("") == ""',
    message: "a preview has no priority over other workloads",
  },
];

/** The last boundary between two previews, in the API server: it judges what Argo CD writes into their namespaces. */
export function createPreviewAdmission(options: CustomResourceOptions): Resource[] {
  const groups = new Map<string, string[]>();
  for (const { group, kind } of [...previewKinds, ...guardKinds]) {
    groups.set(group, [...(groups.get(group) ?? []), resources[kind] ?? kind]);
  }
  const policy = new ValidatingAdmissionPolicy(
    "previews-admission",
    {
      metadata: { name: previewPolicyName },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          namespaceSelector: { matchLabels: { [labels.preview]: "true" } },
          resourceRules: [...groups].map(([group, names]) => ({
            apiGroups: [group],
            apiVersions: ["v1", "v2"],
            operations: ["CREATE", "UPDATE"],
            resources: names,
          })),
        },
        matchConditions: [
          {
            name: "argocd",
            expression: `request.userInfo.username == "system:serviceaccount:${argocdNamespace}:argocd-application-controller"`,
          },
        ],
        validations,
      },
    },
    options,
  );
  const binding = new ValidatingAdmissionPolicyBinding(
    "previews-admission",
    { metadata: { name: previewPolicyName }, spec: { policyName: previewPolicyName, validationActions: ["Deny"] } },
    { ...options, dependsOn: [policy] },
  );
  return [policy, binding];
}

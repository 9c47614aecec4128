import type { WeightName } from "../weights.ts";

/** The kinds of object that weigh differently. */
export type Kind = Extract<WeightName, `kind.${string}`> extends `kind.${infer Name}` ? Name : never;

/** First match wins. Read against type tokens of Pulumi and `<apiVersion>/<kind>` of manifests. */
const rules: readonly (readonly [Kind, RegExp])[] = [
  ["crd", /CustomResourceDefinition/],
  ["rbac", /rbac\.authorization\.k8s\.io|[:/]ServiceAccount$|AccessEntry|AccessPolicyAssociation/],
  ["identity", /^aws:iam|PodIdentityAssociation|:role\/|^aws:kms/i],
  ["storage", /^aws:(s3|ebs|efs|rds|dynamodb)|PersistentVolume|StorageClass|VolumeSnapshot|[:/]StatefulSet$/],
  ["cluster", /^eks:|^aws:eks|^aws:autoscaling|^aws:ec2\/(launchTemplate|instance)/],
  ["network", /^aws:(ec2|lb|route53|vpc)|networking\.k8s\.io|gateway\.networking|[:/]Service$|[:/]Ingress$|HTTPRoute/],
  ["namespace", /[:/]Namespace$/],
  ["delivery", /argoproj\.io|flagger\.app/],
  ["autoscaling", /keda\.sh|autoscaling\/|HorizontalPodAutoscaler|PodDisruptionBudget|ResourceQuota|LimitRange/],
  ["secret", /[:/]Secret$|cert-manager\.io/],
  ["controller", /helm\.sh|WebhookConfiguration|PriorityClass|APIService|cert-manager:|^kubernetes:yaml/],
  ["workload", /[:/](Deployment|DaemonSet|Job|CronJob|Pod|ReplicaSet|ConfigMap)$/],
];

/** The kind of a type token (`kubernetes:core/v1:Namespace`) or of an `<apiVersion>/<kind>`. */
export function kindOf(type: string): Kind {
  return rules.find(([, pattern]) => pattern.test(type))?.[0] ?? "other";
}

/** Kinds whose content is gone when they are deleted, whatever Git says. */
export const lastingKinds: ReadonlySet<Kind> = new Set<Kind>(["cluster", "crd", "storage", "namespace"]);

/** Kinds that are as dangerous when they are new as when they change: what they grant holds at once. */
export const grantingKinds: ReadonlySet<Kind> = new Set<Kind>(["rbac", "identity"]);

import type { ToolFolder } from "../tools/manifest.ts";

/** Every tool that the platform runs or gives to its user, in the order of their first use. */
export const platformTools = [
  "etcd",
  "kubernetes",
  "kwok",
  "redis",
  "kustomize",
  "helm",
  "argocd",
  "prometheus",
  "flagger",
  "hey",
  "gateway-api",
  "keda",
  "podinfo",
] as const satisfies readonly ToolFolder[];

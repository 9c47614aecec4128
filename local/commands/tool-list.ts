import type { ToolFolder } from "../tools/manifest.ts";

/** Every tool that a platform with Argo CD runs or gives to its user, in the order of their first use. */
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

/** The same of a platform that Flux delivers. */
export const fluxPlatformTools = [
  "etcd",
  "kubernetes",
  "kwok",
  "kustomize",
  "prometheus",
  "flagger",
  "hey",
  "gateway-api",
  "keda",
  "podinfo",
  "source-controller",
  "kustomize-controller",
] as const satisfies readonly ToolFolder[];

import type { GitopsKind } from "../../infra/config/gitops.ts";
import { ensureTools } from "../tools/ensure.ts";
import type { EnsureToolsOptions } from "../tools/ensure.ts";
import type { KubernetesTool } from "../tools/kubernetes-versions.ts";
import type { ToolFolder } from "../tools/manifest.ts";
import type { Tools } from "../tools/tools.ts";

import { fluxPlatformTools, platformTools } from "./tool-list.ts";

/** The tools of a platform, by what brings Git into it. */
export type PlatformTools =
  | { readonly gitops: "argocd"; readonly tools: Tools<(typeof platformTools)[number]> }
  | { readonly gitops: "flux"; readonly tools: Tools<(typeof fluxPlatformTools)[number]> };

/**
 * Every tool of the platform, with the control plane of the wanted Kubernetes. kubectl is always the newest: it serves
 * API servers of the minor before, too (kubernetes.io, "Version Skew Policy").
 * @throws as `ensureTools`
 */
export async function ensurePlatformTools(
  gitops: GitopsKind,
  { folder }: KubernetesTool,
  options: Omit<EnsureToolsOptions, "names">,
): Promise<PlatformTools> {
  const obtain = async <F extends ToolFolder>(names: readonly F[]): Promise<Tools<F>> => {
    const tools = await ensureTools({ ...options, names });
    if (folder === "kubernetes") return tools;
    const other = await ensureTools({ ...options, names: [folder] });
    return { ...tools, ...other, files: tools.files };
  };
  switch (gitops) {
    case "argocd":
      return { gitops, tools: await obtain(platformTools) };
    case "flux":
      return { gitops, tools: await obtain(fluxPlatformTools) };
  }
}

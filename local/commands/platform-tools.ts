import { ensureTools } from "../tools/ensure.ts";
import type { EnsureToolsOptions } from "../tools/ensure.ts";
import type { KubernetesTool } from "../tools/kubernetes-versions.ts";
import type { Tools } from "../tools/tools.ts";

import { platformTools } from "./tool-list.ts";

/**
 * Every tool of the platform, with the control plane of the wanted Kubernetes. kubectl is always the newest: it serves
 * API servers of the minor before, too (kubernetes.io, "Version Skew Policy").
 * @throws as `ensureTools`
 */
export async function ensurePlatformTools(
  { folder }: KubernetesTool,
  options: Omit<EnsureToolsOptions, "names">,
): Promise<Tools<(typeof platformTools)[number]>> {
  const tools = await ensureTools({ ...options, names: platformTools });
  if (folder === "kubernetes") return tools;
  const other = await ensureTools({ ...options, names: [folder] });
  return { ...tools, ...other, files: tools.files };
}

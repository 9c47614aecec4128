import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { GitopsKind } from "../../infra/config/gitops.ts";
import type { Layout } from "../layout.ts";

import { chosenGitops } from "./choice.ts";

/**
 * Remembers the engine of a new platform. A platform keeps it: what one engine made, the other would not remove, and both
 * would write the same workloads.
 * @param wanted default: that of the platform, `argocd` for a new one
 * @throws when an existing platform was made with the other one
 */
export async function chooseGitops(layout: Layout, wanted?: GitopsKind): Promise<GitopsKind> {
  const file = join(layout.directory, "gitops");
  const earlier = existsSync(file) || existsSync(layout.kubeconfig) ? chosenGitops(layout) : undefined;
  if (wanted !== undefined && earlier !== undefined && wanted !== earlier) {
    throw new Error(
      `--gitops "${wanted}": this platform was made with "${earlier}", whose objects the other would not remove; ` +
        `start with --gitops ${earlier}, or begin anew with \`npm stop -- --purge\``,
    );
  }
  const chosen = wanted ?? earlier ?? "argocd";
  await mkdir(layout.directory, { recursive: true, mode: 0o700 });
  await writeFile(file, `${chosen}\n`, { mode: 0o600 });
  return chosen;
}

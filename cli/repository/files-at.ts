import { posix } from "node:path";

import { kustomizationNames } from "../recovery/annotate.ts";
import { tryGit } from "../recovery/git.ts";

/** The text of a file as a commit has it; undefined when it does not. */
export async function fileAt(repository: string, commit: string, path: string): Promise<string | undefined> {
  const shown = await tryGit(repository, ["cat-file", "blob", `${commit}:${path}`]);
  return shown.ok ? shown.stdout : undefined;
}

/** The kustomization of an overlay as a commit has it, and where it is. */
export async function kustomizationAt(
  repository: string,
  commit: string,
  overlay: string,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  for (const name of kustomizationNames) {
    const path = posix.join(overlay, name);
    const text = await fileAt(repository, commit, path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { gitHttpUrl } from "../flux/index.ts";
import { chosenGitops } from "../gitops/choice.ts";
import type { Layout } from "../layout.ts";

import { repositoryUrl } from "./bare-repository.ts";

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Writes the hooks of the bare repository. Written anew each time: the project may have moved. */
export async function installHook(layout: Layout): Promise<void> {
  const folder = join(layout.gitRepository, "hooks");
  const file = join(folder, "post-receive");
  const gitops = chosenGitops(layout);
  const command = [
    process.execPath,
    "--import",
    import.meta.resolve("tsx"),
    fileURLToPath(new URL("post-receive.ts", import.meta.url)),
    layout.kubeconfig,
    gitops,
    gitops === "flux" ? await gitHttpUrl(layout) : repositoryUrl(layout),
    join(layout.bin, "argocd"),
  ];
  const text = [
    "#!/bin/sh",
    "# Tells Argo CD, or Flux, about a push and shows how the sync ends. It never fails the push, which is complete by now.",
    "# git sets GIT_DIR and more for its hooks, which would tie every git below to this repository.",
    "unset $(git rev-parse --local-env-vars) NODE_OPTIONS",
    // An interrupt ends the report alone; the shell waits for it.
    "trap : INT TERM",
    `${command.map(quote).join(" ")} || echo "The push is complete. Its report failed; see: npm run status"`,
    "exit 0",
    "",
  ].join("\n");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeHook(file, text);
  await writeHook(join(folder, "update"), updateHook);
}

/**
 * What was approved or recorded is not rewritten: a push that would take commits out of these is refused. Git's own
 * receive.denyNonFastForwards knows branches alone, and all of them. Git passes the ref, its old and its new value.
 */
const updateHook = [
  "#!/bin/sh",
  'case "$1" in refs/heads/release | refs/heads/main | refs/notes/*) ;; *) exit 0 ;; esac',
  'case "$2" in *[!0]*) ;; *) exit 0 ;; esac',
  'case "$3" in *[!0]*) git merge-base --is-ancestor "$2" "$3" && exit 0 ;; esac',
  'echo "$1 is never rewritten or deleted: add a commit, or revert one" >&2',
  "exit 1",
  "",
].join("\n");

async function writeHook(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o755 });
  await rename(`${file}.new`, file);
}

import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { SimpleGit } from "simple-git";

import type { Layout } from "../layout.ts";

import { gitIn } from "./git.ts";

/** The address of the local Git host for Argo CD and for the remote of the checkout. */
export function repositoryUrl(layout: Layout): string {
  return pathToFileURL(layout.gitRepository).href;
}

const settings: readonly (readonly [key: string, value: string])[] = [
  // A CI clone is shallow; without this its pushes are refused ("shallow update not allowed").
  ["receive.shallowUpdate", "true"],
  // Argo CD fetches commits by their id when its repository settings have a depth (see argocd/repository.ts).
  ["uploadpack.allowAnySHA1InWant", "true"],
  // A branch that was overwritten by a forced push can be found again: git -C <repository> reflog main.
  ["core.logAllRefUpdates", "true"],
  // For ever: `gitops audit --verify` finds a rewritten history by it. Git's default is 90 days, or 30.
  ["gc.reflogExpire", "never"],
  ["gc.reflogExpireUnreachable", "never"],
];

/** Git in the bare repository, which is made at the first call. Idempotent. */
export async function bareRepository(layout: Layout): Promise<SimpleGit> {
  await mkdir(layout.gitRepository, { recursive: true, mode: 0o700 });
  const git = gitIn(layout.gitRepository);
  const there = await access(join(layout.gitRepository, "HEAD")).then(
    () => true,
    () => false,
  );
  if (!there) await git.raw(["init", "--bare", "--initial-branch=main", "."]);
  for (const [key, value] of settings) await git.raw(["config", key, value]);
  return git;
}

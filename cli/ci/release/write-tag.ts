import { join } from "node:path";

import { execa } from "execa";
import { simpleGit } from "simple-git";

import { layout } from "../../../local/layout.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";

import { baseImage } from "./application.ts";
import { checkImage } from "./image.ts";
import type { Image } from "./image.ts";

export interface TagToWrite {
  readonly application: string;
  /** Overlay that gets the tag. */
  readonly environment: string;
  /** Branch that is pushed: the one checked out. */
  readonly branch: string;
  readonly image: Image;
  /** Who commits. Default: the user of GITHUB_TOKEN. */
  readonly committer?: Committer | undefined;
}

export interface Committer {
  readonly name: string;
  readonly email: string;
}

/** Pushes that may lose against another one: releases of other applications share the branch. */
const attempts = 5;

/** The user of GITHUB_TOKEN: actions/checkout, README.md, "Push a commit using the built-in token". */
const actionsBot: Committer = {
  name: "github-actions[bot]",
  email: "41898282+github-actions[bot]@users.noreply.github.com",
};

/** @throws for a text that is no name with an address in angle brackets */
export function parseCommitter(text: string): Committer {
  const [, name, email] = /^([^<>\n]*[^<>\s]) <([^<>@\s]+@[^<>@\s]+)>$/.exec(text) ?? [];
  if (name !== undefined && email !== undefined) return { name, email };
  throw new Error(`committer "${text}": allowed is a name and an address, such as "ci <ci@example.com>"`);
}

/**
 * Writes an image's tag and digest into an overlay with kustomize, commits and pushes.
 * @param project a checkout of the branch, clean
 * @returns the commit, or `undefined` where the overlay had them already
 * @throws when the push is refused for another reason than a newer commit, or loses five times
 */
export async function writeTag(project: string, request: TagToWrite): Promise<string | undefined> {
  const { application, environment, branch, committer = actionsBot } = request;
  const { name, tag, digest } = checkImage(request.image);
  const overlay = join("apps", application, "overlays", environment);
  const before = await baseImage(project, application);
  const kustomize = await kustomizePath();
  const git = simpleGit(project);
  const { files } = await git.status();
  if (files.length > 0) {
    const names = files.map((file) => file.path).join(", ");
    throw new Error(`checkout "${project}" has changes of its own (${names}): a release starts from what was pushed`);
  }
  await git.addConfig("user.name", committer.name).addConfig("user.email", committer.email);

  for (let attempt = 1; ; attempt += 1) {
    await execa(kustomize, ["edit", "set", "image", `${before}=${name}:${tag}@${digest}`], {
      cwd: join(project, overlay),
    });
    // A wrong overlay must not reach Argo CD.
    await execa(kustomize, ["build", overlay], { cwd: project });
    if ((await git.diffSummary([overlay])).changed === 0) return undefined;
    const { commit } = await git.commit(`Release ${application} ${tag} to ${environment}\n\n${name}@${digest}`, [
      overlay,
    ]);
    const push = await execa("git", ["push", "origin", `HEAD:refs/heads/${branch}`], { cwd: project, reject: false });
    if (!push.failed) return commit;
    const outrun = /\[rejected\]|fetch first|non-fast-forward|cannot lock ref/.test(push.stderr);
    if (!outrun || attempt === attempts) throw new Error(`branch "${branch}" was not pushed:\n${push.stderr}`);
    // Begin again from what the other one pushed: two edits of the same list would conflict in a rebase.
    await git.fetch("origin", branch);
    await git.reset(["--hard", `origin/${branch}`]);
  }
}

async function kustomizePath(): Promise<string> {
  const logDirectory = layout().logs;
  const tools = await ensureTools({ names: ["kustomize"], logDirectory, onEvent: () => undefined });
  return tools.kustomize.path;
}

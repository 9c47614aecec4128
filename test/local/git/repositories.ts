import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { execa } from "execa";

import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";

/** Real repositories in a temporary folder. */
export interface Repositories {
  readonly layout: Layout;
  readonly checkout: string;
  readonly git: (...args: string[]) => Promise<string>;
  /** Git in the published repository. */
  readonly bare: (...args: string[]) => Promise<string>;
  readonly commit: (file: string) => Promise<string>;
  /** A shallow clone of the checkout with a detached HEAD, as CI makes it. */
  readonly shallowClone: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

export async function repositories(): Promise<Repositories> {
  const directory = await mkdtemp(join(tmpdir(), "gitops git-"));
  const paths = layout(join(directory, "local"));
  const checkout = join(directory, "checkout");
  const at =
    (cwd: string) =>
    async (...args: string[]): Promise<string> =>
      (await execa("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], { cwd })).stdout;
  await mkdir(checkout);
  const git = at(checkout);
  await git("init", "--quiet", "--initial-branch=work");
  return {
    layout: paths,
    checkout,
    git,
    bare: (...args) => at(paths.gitRepository)(...args),
    commit: async (file) => {
      await writeFile(join(checkout, file), file);
      await git("add", ".");
      await git("commit", "--quiet", "--message", file);
      return git("rev-parse", "HEAD");
    },
    shallowClone: async () => {
      const clone = join(directory, "shallow");
      await git("clone", "--quiet", "--depth", "1", pathToFileURL(checkout).href, clone);
      await at(clone)("checkout", "--quiet", "--detach");
      return clone;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

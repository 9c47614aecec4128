import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { git } from "../../../cli/plan/git.ts";

/** A commit to make. */
export interface Step {
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
  /** Days before now. Default: 0. */
  readonly days?: number;
}

/** A Git repository in a temporary folder. */
export interface Repository {
  readonly directory: string;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly commit: (step: Step) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Makes an empty repository. */
export async function makeRepository(): Promise<Repository> {
  const directory = await mkdtemp(join(tmpdir(), "gitops-review-"));
  await git(directory, ["init", "--quiet", "--initial-branch=main"]);
  await git(directory, ["config", "user.name", "Test"]);
  await git(directory, ["config", "user.email", "test@example.com"]);
  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), content);
    }
  };
  return {
    directory,
    write,
    commit: async ({ message, files, days = 0 }) => {
      await write(files);
      await git(directory, ["add", "--all"]);
      const date = new Date(Date.now() - days * 86_400_000).toISOString();
      await commitAt(directory, message, date);
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** git() leaves the variables of git out, so the committer's date, which `--since` looks at, goes through the shell's. */
async function commitAt(directory: string, message: string, date: string): Promise<void> {
  const { execa } = await import("execa");
  const args = ["commit", "--quiet", "--allow-empty", "--no-verify", "--message", message];
  await execa("git", args, { cwd: directory, env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } });
}

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";
import { simpleGit } from "simple-git";
import type { SimpleGit } from "simple-git";
import { parseDocument } from "yaml";
import type { Document } from "yaml";

import type { Layout } from "../../local/layout.ts";

/** A clone of the platform's repository on one branch, in which the demo works as a developer does. */
export class Workbench {
  private constructor(
    readonly directory: string,
    readonly branch: string,
    /** Where the branch stood when the demo began, and where its applications come back to. */
    readonly begin: string,
    private readonly git: SimpleGit,
  ) {}

  static async open(layout: Layout, branch: string): Promise<Workbench> {
    const directory = await mkdtemp(join(tmpdir(), "gitops-demo-"));
    await simpleGit().clone(layout.gitRepository, directory, ["--quiet", "--branch", branch]);
    const git = simpleGit(directory);
    await git.addConfig("user.name", "GitOps demo").addConfig("user.email", "demo@localhost");
    return new Workbench(directory, branch, await git.revparse(["HEAD"]), git);
  }

  /**
   * Changes files and pushes the commit; begins anew from what others pushed meanwhile, such as an automatic rollback.
   * @returns the commit, undefined where the change changes nothing
   */
  async commit(message: string, change: () => Promise<void>): Promise<string | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      await this.pull();
      await change();
      if ((await this.git.status()).isClean()) return undefined;
      await this.git.add(["--all"]);
      await this.git.commit(message);
      try {
        // The demo follows the controllers itself, so that the push need not wait for the sync to report it.
        const env = { GITOPS_PUSH_WAIT: "0" };
        await execa("git", ["push", "--quiet", "origin", `HEAD:${this.branch}`], { cwd: this.directory, env });
        return await this.git.revparse(["HEAD"]);
      } catch (error) {
        if (attempt === 10) throw error;
      }
    }
  }

  /** Edits a YAML file; for `commit`. */
  async edit(file: string, change: (document: Document) => void): Promise<void> {
    const path = join(this.directory, file);
    const document = parseDocument(await readFile(path, "utf8"));
    change(document);
    await writeFile(path, document.toString({ lineWidth: 120 }));
  }

  /** Replaces text of a file; for `commit`. */
  async rewrite(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.directory, file);
    await writeFile(path, change(await readFile(path, "utf8")));
  }

  /** Puts files or folders back to what they were when the demo began; for `commit`. */
  async putBack(...paths: readonly string[]): Promise<void> {
    await this.git.raw(["checkout", "--quiet", this.begin, "--", ...paths]);
  }

  /** The newest commit of the branch that touches a file. */
  async latest(file: string): Promise<string> {
    await this.git.fetch("origin", this.branch);
    return (await this.git.raw(["log", "-1", "--format=%H", `origin/${this.branch}`, "--", file])).trim();
  }

  /** Whether a revision of the branch has a commit in it. */
  async contains(revision: string, commit: string): Promise<boolean> {
    await this.git.fetch("origin", this.branch);
    return (await this.git.raw(["rev-list", "-1", `${revision}..${commit}`])).trim() === "";
  }

  /** `1a2b3c4 Subject`, for people. */
  async describe(commit: string): Promise<string> {
    return (await this.git.raw(["log", "-1", "--format=%h %s", commit])).trim();
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  private async pull(): Promise<void> {
    await this.git.fetch("origin", this.branch);
    await this.git.reset(["--hard", `origin/${this.branch}`]);
  }
}

import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { jest } from "@jest/globals";
import { execa } from "execa";

import { eventSchema } from "../../../cli/recovery/event.ts";
import type { RecoveryEvent } from "../../../cli/recovery/event.ts";

// Each story starts git some hundred times; nothing here measures time.
jest.setTimeout(120_000);

/** A remote with a branch, a person's checkout of it, and the clone that the platform works through. */
export interface Repositories {
  readonly remote: string;
  /** The platform's clone, bare. */
  readonly clone: string;
  /** Commits to `main` as a person and pushes; returns the commit. A file `null` is deleted. */
  readonly commit: (message: string, files: Readonly<Record<string, string | null>>, time?: Date) => Promise<string>;
  /** Git in the person's checkout. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** A file as it is on the remote's branch. */
  readonly show: (path: string, branch?: string) => Promise<string>;
  /** Ids of the remote's branch, newest first. */
  readonly log: (branch?: string) => Promise<readonly string[]>;
  /** The lines of a commit's note on the remote. */
  readonly notes: (commit: string) => Promise<readonly Record<string, unknown>[]>;
  readonly remove: () => Promise<void>;
}

/** The start of every story: a quarter of an hour before `at(0)`. */
const begin = new Date("2026-03-02T10:00:00Z");

/** A moment, in seconds after the story begins. */
export const at = (seconds: number): Date => new Date(begin.getTime() + seconds * 1000);

export async function makeRepositories(): Promise<Repositories> {
  const folder = await mkdtemp(join(tmpdir(), "gitops-recovery-test-"));
  const [remote, work, clone] = [join(folder, "remote.git"), join(folder, "work"), join(folder, "clone.git")];
  const run = async (cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> => {
    const identity = { GIT_AUTHOR_NAME: "A Person", GIT_COMMITTER_NAME: "A Person" };
    const mail = { GIT_AUTHOR_EMAIL: "person@example.com", GIT_COMMITTER_EMAIL: "person@example.com" };
    return (await execa("git", args, { cwd, env: { ...identity, ...mail, LC_ALL: "C", ...env } })).stdout;
  };
  await mkdir(remote);
  await run(remote, ["init", "--quiet", "--bare", "--initial-branch=main", "."]);
  await run(folder, ["clone", "--quiet", remote, work]);
  await run(folder, ["clone", "--quiet", "--bare", remote, clone]);
  const remoteRun = (...args: readonly string[]) => run(remote, args);
  return {
    remote,
    clone,
    git: (...args) => run(work, args),
    commit: async (message, files, time = at(0)) => {
      if ((await remoteRun("branch", "--list", "main")) !== "") {
        await run(work, ["fetch", "--quiet", "origin"]);
        await run(work, ["checkout", "--quiet", "-B", "main", "origin/main"]);
      }
      for (const [name, content] of Object.entries(files)) {
        const file = join(work, name);
        await mkdir(dirname(file), { recursive: true });
        if (content === null) await rm(file);
        else await writeFile(file, content);
      }
      await run(work, ["add", "--all"]);
      const date = time.toISOString();
      const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
      await run(work, ["commit", "--quiet", "--allow-empty", "--message", message], dates);
      await run(work, ["push", "--quiet", "origin", "HEAD:refs/heads/main"]);
      return run(work, ["rev-parse", "HEAD"]);
    },
    show: (path, branch = "main") => remoteRun("show", `${branch}:${path}`),
    log: async (branch = "main") => (await remoteRun("log", "--first-parent", "--format=%H", branch)).split("\n"),
    notes: async (commit) => {
      const shown = await remoteRun("notes", "--ref=deployments", "show", commit).catch(() => "");
      return shown.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Record<string, unknown>]));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** An overlay as `kustomize edit` writes it, with a comment that must survive. */
export const overlay = (tag: string): string => `# The dev overlay.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: dev
resources:
- ../../base
images:
- name: example/app # moves with each release
  newTag: ${tag}
`;

export const overlayFile = "apps/app/overlays/dev/kustomization.yaml";
export const flagsFile = "apps/app/overlays/dev/flags.json";

/** Definitions of flags, as flagd reads them. */
export const flags = (mode: "on" | "off"): string => `{
  "flags": {
    "degraded-mode": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "${mode}"
    }
  }
}
`;

/** The overlay with its flags. */
export const withFlags = (tag: string): string =>
  `${overlay(tag)}configMapGenerator:\n- name: app-flags\n  files:\n  - flags.json\n`;

/** A report about `app` in dev on a revision. */
export function report(revision: string, more: Readonly<Record<string, unknown>> = {}): RecoveryEvent {
  return eventSchema.parse({
    version: 1,
    kind: "degraded",
    name: "app-dev",
    application: "app",
    environment: "dev",
    project: "dev",
    repository: "https://git.example.com/example/platform.git",
    branch: "main",
    path: "apps/app/overlays/dev",
    revision,
    onFailure: "rollback",
    message: "Canary analysis failed",
    ...more,
  });
}

/** Reads a file of a folder; for what is checked out. */
export const read = (...path: readonly string[]): Promise<string> => readFile(join(...path), "utf8");

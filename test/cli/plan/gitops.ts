import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, jest } from "@jest/globals";
import { execa } from "execa";

import { cacheDirectory } from "../../../local/tools/cache.ts";
import { root } from "../../support/kustomize.ts";

// A machine that builds at the same time is slow; nothing here measures time.
jest.setTimeout(300_000);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An empty folder that goes with the tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "gitops-test-"));
  folders.push(folder);
  return folder;
}

/** Files by path; undefined removes one. */
export type Files = Readonly<Record<string, string | undefined>>;

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
  }
}

/** What a run left. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const launcher = join(root, "cli", "bin", "gitops.mjs");

/**
 * Runs the command as a user does: the file itself, with an empty home, no credentials and no way to any network but
 * through addresses that refuse. Only the folder of built tools is the real one.
 */
export async function gitops(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const refused = "http://127.0.0.1:9";
  const { exitCode, stdout, stderr } = await execa(launcher, args, {
    cwd: folder,
    reject: false,
    extendEnv: false,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: join(folder, "empty-home"),
      GITOPS_CACHE_DIR: dirname(cacheDirectory()),
      GOFLAGS: "-mod=mod",
      GOPROXY: "off",
      http_proxy: refused,
      https_proxy: refused,
      ...env,
    },
  });
  return { exitCode, stdout, stderr };
}

/** As `gitops`, for `--json`. */
export async function planJson(folder: string, args: readonly string[]): Promise<PlanDocument> {
  const { stdout, stderr } = await gitops(folder, ["plan", ...args, "--json"]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as PlanDocument;
}

/** The parts of the document that tests read. */
export interface PlanDocument {
  readonly schemaVersion: number;
  readonly base: { readonly ref: string; readonly commit: string } | null;
  readonly stacks: readonly {
    readonly stack: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly resources: readonly { readonly name: string; readonly type: string; readonly inputs: object }[];
    readonly violations: readonly Violation[];
    readonly changes: readonly Change[] | null;
  }[];
  readonly overlays: readonly {
    readonly path: string;
    readonly objects: number;
    readonly violations: readonly Violation[];
    readonly changes: readonly Change[] | null;
  }[];
  readonly summary: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

export interface Violation {
  readonly policy: string;
  readonly enforcement: string;
  readonly resource?: string;
  readonly message: string;
}

export interface Change {
  readonly change: string;
  readonly id: string;
  readonly name: string;
  readonly fields: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[];
  readonly replacedBecause: readonly string[];
}

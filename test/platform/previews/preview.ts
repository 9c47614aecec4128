import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { execa } from "execa";
import pRetry from "p-retry";

import { previewOf } from "../../../local/previews/index.ts";
import { eventually } from "../support/eventually.ts";
import type { ThrowAwayPlatform } from "../support/platform.ts";

/** An Application, as far as these tests read it. */
export interface PreviewApplication {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly project: string; readonly source: { readonly targetRevision: string } };
  readonly status?: {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string };
    readonly operationState?: { readonly message?: string };
  };
}

export interface PushOptions {
  /** Files that the branch adds or replaces, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** When its commit was made, as Git takes it. Default: now. */
  readonly committed?: string;
}

/** The commit of develop on the platform's Git host. */
async function develop(on: ThrowAwayPlatform): Promise<string> {
  await on.checkout.git("fetch", "--quiet", "local", "develop");
  return on.checkout.git("rev-parse", "FETCH_HEAD");
}

/** A file as develop has it, whatever a test pushed elsewhere. */
export async function fileOfDevelop(on: ThrowAwayPlatform, path: string): Promise<string> {
  return `${await on.checkout.git("show", `${await develop(on)}:${path}`)}\n`;
}

/**
 * Pushes a branch with one commit on top of develop, without waiting.
 * @returns the name of its preview and the commit
 */
export async function pushPreview(
  on: ThrowAwayPlatform,
  branch: string,
  options: PushOptions = {},
): Promise<{ readonly name: string; readonly commit: string }> {
  const { directory } = on.checkout;
  const env = options.committed === undefined ? {} : { GIT_COMMITTER_DATE: options.committed };
  await on.checkout.git("checkout", "--quiet", "--force", "-B", "work", await develop(on));
  for (const [path, content] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  await on.checkout.git("add", "--all");
  await execa("git", ["commit", "--quiet", "--allow-empty", "--message", `Work on ${branch}`], { cwd: directory, env });
  const commit = await on.checkout.head();
  const wait = { GITOPS_PUSH_WAIT: "0" };
  await execa("git", ["push", "--force", "local", `HEAD:${branch}`], { cwd: directory, env: wait });
  return { name: previewOf(branch), commit };
}

export async function deleteBranch(on: ThrowAwayPlatform, branch: string): Promise<void> {
  await execa("git", ["push", "local", `:${branch}`], {
    cwd: on.checkout.directory,
    env: { GITOPS_PUSH_WAIT: "0" },
  });
}

/** The objects of a kind, of one preview or in a namespace. */
export async function list<T>(on: ThrowAwayPlatform, args: readonly string[]): Promise<readonly T[]> {
  const { stdout, exitCode, all } = await on.kubectl(["get", ...args, "--output", "json"]);
  if (exitCode !== 0) throw new Error(all);
  return (JSON.parse(stdout) as { readonly items: readonly T[] }).items;
}

export const applicationsOf = (on: ThrowAwayPlatform, name: string): Promise<readonly PreviewApplication[]> =>
  list(on, ["applications", "--namespace=argocd", `--selector=gitops.platform/preview=${name}`]);

/** Waits until a preview has its Applications, Synced and Healthy on a commit. */
export async function untilWell(on: ThrowAwayPlatform, name: string, commit: string): Promise<void> {
  await eventually(async () => {
    const found = await applicationsOf(on, name);
    const states = found.map(({ metadata, spec, status }) => [
      metadata.name,
      spec.project === "previews" ? spec.source.targetRevision : commit,
      status?.sync?.status,
      status?.health?.status,
    ]);
    const wanted = ["", ".app", ".core-trading", ".reporting", ".risk-control"].map((application) => [
      name + application,
      commit,
      "Synced",
      "Healthy",
    ]);
    if (JSON.stringify(states.sort()) !== JSON.stringify(wanted)) {
      throw new Error(`${name} is not well yet: ${JSON.stringify(states)}`);
    }
  });
}

/**
 * Waits until nothing is left of a preview: no Application, no namespace. Up to four minutes: the tries of a sync that
 * cannot succeed come first, then the grace of its pods.
 */
export async function untilGone(on: ThrowAwayPlatform, name: string): Promise<void> {
  const left = async (): Promise<void> => {
    const applications = (await applicationsOf(on, name)).map(({ metadata }) => metadata.name);
    const namespace = await on.kubectl(["get", "namespace", name, "--ignore-not-found", "--output=name"]);
    const found = [...applications, namespace.stdout].filter((one) => one !== "");
    if (found.length > 0) throw new Error(`left of ${name}: ${found.join(", ")}`);
  };
  await pRetry(left, { retries: Infinity, minTimeout: 500, factor: 1, maxRetryTime: 240_000 });
}

/** Waits until the sync of an Application says something. */
export async function untilSaid(on: ThrowAwayPlatform, application: string, words: string): Promise<string> {
  return eventually(async () => {
    const found = await list<PreviewApplication>(on, ["applications", "--namespace=argocd"]);
    const message = found.find(({ metadata }) => metadata.name === application)?.status?.operationState?.message ?? "";
    if (!message.includes(words)) throw new Error(`${application} does not say "${words}" but "${message}"`);
    return message;
  });
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { UsageError } from "../errors.ts";
import type { Host } from "../host.ts";

import { findOverlays } from "./manifests/overlays.ts";
import { renderOverlays, type RenderedObject } from "./manifests/render.ts";
import type { PlannedResource } from "./model.ts";
import { readProject, type Project } from "./project.ts";
import { loadRecorder } from "./recorder/load.ts";
import { withWorktree } from "./worktree.ts";

/** What a revision holds. */
export interface Base {
  readonly revision: { readonly ref: string; readonly commit: string };
  /** By stack. */
  readonly resources: ReadonlyMap<string, readonly PlannedResource[]>;
  /** By path of the overlay. */
  readonly overlays: ReadonlyMap<string, readonly RenderedObject[]>;
}

/** How to look at a revision. */
export interface BaseOptions {
  readonly stacks: readonly string[];
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly key: string;
  readonly project: Project;
  readonly kustomize: () => Promise<string>;
  /** False leaves the overlays out. */
  readonly manifests: boolean;
  /** Gets what makes the comparison less than exact. */
  readonly warnings: string[];
}

/**
 * Records and renders a revision with this command and the packages that are installed now.
 * @throws UsageError when there is no such revision, or when its program does not run
 */
export function basePlan(ref: string, options: BaseOptions): Promise<Base> {
  const { project, signal, warnings } = options;
  return withWorktree(project.directory, ref, signal, async ({ directory, commit }) => {
    await warnOfPackages(project.directory, directory, ref, warnings);
    const rendering = options.manifests
      ? renderOverlays(findOverlays(directory), { ...options, project: directory })
      : Promise.resolve([]);
    // An error of the program comes first; one of the rendering waits for its turn.
    rendering.catch(() => undefined);
    const resources = await recordRevision(directory, ref, options);
    const rendered = await named(ref, rendering);
    return {
      revision: { ref, commit },
      resources,
      overlays: new Map(rendered.map(({ path, objects }) => [path, objects])),
    };
  });
}

async function recordRevision(directory: string, ref: string, { stacks, host, signal, key, warnings }: BaseOptions) {
  const resources = new Map<string, readonly PlannedResource[]>();
  const project = readProject(directory);
  const known = stacks.filter((stack) => project?.stacks.includes(stack));
  for (const stack of stacks.filter((name) => !known.includes(name))) {
    warnings.push(`stack "${stack}" is not in ${ref}: all of it counts as added`);
  }
  if (project === undefined || known.length === 0) return resources;
  const { recordStack, program } = await named(ref, loadRecorder(host, project));
  for (const stack of known) {
    const recorded = await named(ref, recordStack({ project: directory, stack, program, signal }));
    resources.set(stack, recorded.seal(key));
  }
  return resources;
}

/** An older program runs with the packages of now; where they were others, a difference may come from them. */
async function warnOfPackages(here: string, there: string, ref: string, warnings: string[]): Promise<void> {
  const read = (folder: string) => readFile(join(folder, "package-lock.json"), "utf8").catch(() => undefined);
  const [now, then] = await Promise.all([read(here), read(there)]);
  if (now === then) return;
  warnings.push(`package-lock.json differs from ${ref}: both revisions ran with the packages that are installed now`);
}

async function named<T>(ref: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${ref}: ${error.message}`) : error;
  }
}

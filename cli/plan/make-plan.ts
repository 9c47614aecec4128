import { randomBytes } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

import type { Host } from "../host.ts";

import { basePlan, type Base } from "./base.ts";
import { manifestChanges } from "./diff/manifests.ts";
import { resourceChanges } from "./diff/resources.ts";
import { clean, silentJudge, type Judge } from "./judge.ts";
import { findOverlays } from "./manifests/overlays.ts";
import { renderOverlays, type RenderedOverlay } from "./manifests/render.ts";
import type { OverlayPlan, Plan, StackPlan } from "./model.ts";
import type { Project } from "./project.ts";
import type { Recorded } from "./recorder/entry.ts";
import { loadRecorder } from "./recorder/load.ts";
import { secretTexts } from "./seal.ts";

/** What to plan besides the stacks. */
export interface PlanOptions {
  /** A revision to compare with. */
  readonly base?: string | undefined;
  readonly policies: boolean;
  readonly manifests: boolean;
  readonly host: Host;
  readonly signal: AbortSignal;
}

/** Records the stacks, renders the overlays, compares and judges. */
export async function makePlan(project: Project, stacks: readonly string[], options: PlanOptions): Promise<Plan> {
  const { signal, host } = options;
  const run: Run = { ...options, project, key: randomBytes(32).toString("hex"), warnings: [], kustomize: once(signal) };
  const { recordStack, startPack, program } = await loadRecorder(host, project);
  const starting = options.policies ? startPack(project.directory, signal) : Promise.resolve(silentJudge);
  try {
    await processStarted(starting);
    const recorded: [string, Recorded][] = [];
    for (const stack of stacks) {
      recorded.push([stack, await recordStack({ project: project.directory, stack, program, signal })]);
    }
    const overlays = await rendered(run, recorded);
    const judge = await starting;
    const base =
      options.base === undefined
        ? undefined
        : await basePlan(options.base, { ...run, stacks, manifests: run.manifests && run.warnings.length === 0 });
    return {
      project: project.name,
      base: base?.revision,
      stacks: await Promise.all(recorded.map(([stack, found]) => stackPlan(stack, found, run.key, judge, base))),
      overlays: await overlayPlans(overlays, judge, base),
      warnings: run.warnings,
    };
  } finally {
    await starting.then(
      (judge) => judge.close(),
      () => undefined,
    );
  }
}

/** Waits until a process is started or the work is done: recording then goes on beside it without a pause. */
async function processStarted(work: Promise<unknown>): Promise<void> {
  // Node tells of every process that it starts (diagnostics_channel, child_process).
  let tell = (): void => undefined;
  const started = new Promise<void>((done) => (tell = done));
  subscribe("child_process", tell);
  await Promise.race([started, work.catch(() => undefined)]);
  unsubscribe("child_process", tell);
}

/** What is shared within one run. */
export interface Run extends PlanOptions {
  readonly project: Project;
  /** New for each run: what is sealed with it can be compared with nothing outside. */
  readonly key: string;
  readonly warnings: string[];
  readonly kustomize: () => Promise<string>;
}

/** Finds kustomize when it is first needed: what is in the cache needs none. */
function once(signal: AbortSignal): () => Promise<string> {
  let found: Promise<string> | undefined;
  return () => (found ??= import("./manifests/kustomize.ts").then(({ findKustomize }) => findKustomize(signal)));
}

/** The overlays; none, with a warning, where there is no kustomize to render them. */
async function rendered(run: Run, recorded: readonly [string, Recorded][]): Promise<readonly RenderedOverlay[]> {
  if (!run.manifests) return [];
  const overlays = overlaysOf(run.project, recorded, run.base !== undefined);
  try {
    return await renderOverlays(overlays, { ...run, project: run.project.directory });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "NoKustomize") throw error;
    run.warnings.push(`the overlays under apps/ are left out: ${error.message}`);
    return [];
  }
}

/** All overlays for a comparison; else those of the environments that the stacks serve. */
function overlaysOf(project: Project, recorded: readonly [string, Recorded][], all: boolean) {
  const overlays = findOverlays(project.directory);
  const served = recorded.map(([, { recording }]) => recording.config.values[`${project.name}:environments`]);
  if (all || served.includes(undefined)) return overlays;
  const environments = new Set(served.flatMap((text) => JSON.parse(text ?? "[]") as string[]));
  return overlays.filter(({ environment }) => environments.has(environment));
}

async function stackPlan(
  stack: string,
  { recording, secrets, seal }: Recorded,
  key: string,
  judge: Judge,
  base: Base | undefined,
): Promise<StackPlan> {
  const resources = seal(key);
  const violations = clean(await judge.stack(recording), secrets);
  const changes = base === undefined ? undefined : resourceChanges(base.resources.get(stack) ?? [], resources);
  return { stack, resources, violations, changes };
}

async function overlayPlans(
  overlays: readonly RenderedOverlay[],
  judge: Judge,
  base: Base | undefined,
): Promise<readonly OverlayPlan[]> {
  const plans = overlays.map(async (overlay): Promise<OverlayPlan> => {
    const secrets = secretTexts(overlay.objects.map(({ raw }) => ({ type: "", inputs: raw, secretInputs: [] })));
    const violations = clean(await judge.overlay(overlay), secrets);
    const before = base?.overlays.get(overlay.path) ?? [];
    const changes = base === undefined ? undefined : manifestChanges(before, overlay.objects);
    return { path: overlay.path, objects: overlay.objects.length, violations, changes };
  });
  const here = new Set(overlays.map(({ path }) => path));
  const removed = [...(base?.overlays ?? [])].filter(([path]) => !here.has(path));
  const gone = removed.map(([path, objects]): OverlayPlan => {
    return { path, objects: 0, violations: [], changes: manifestChanges(objects, []) };
  });
  return [...(await Promise.all(plans)), ...gone].sort((left, right) => (left.path < right.path ? -1 : 1));
}

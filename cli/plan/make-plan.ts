import { randomBytes } from "node:crypto";

import type { Host } from "../host.ts";

import { basePlan, type Base } from "./base.ts";
import { manifestChanges } from "./diff/manifests.ts";
import { resourceChanges } from "./diff/resources.ts";
import { clean, silentJudge, type Judge } from "./judge.ts";
import { findKustomize } from "./manifests/kustomize.ts";
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
  // New for each run: what is sealed with it cannot be compared with anything outside.
  const key = randomBytes(32).toString("hex");
  const warnings: string[] = [];
  const { signal, host } = options;
  // The processes are started first, and the program is recorded beside them.
  const judge = silentJudge;
  try {
    const kustomize = options.manifests ? kustomizeOr(warnings, options) : Promise.resolve(undefined);
    const recorder = await loadRecorder(host, project);
    const { program } = recorder;
    const recorded: [string, Recorded][] = [];
    for (const stack of stacks) {
      recorded.push([stack, await recorder.recordStack({ project: project.directory, stack, program, signal })]);
    }
    const tool = await kustomize;
    const chosen = tool === undefined ? [] : overlaysOf(project, recorded, options.base !== undefined);
    const rendering =
      tool === undefined ? [] : renderOverlays(chosen, { kustomize: tool, project: project.directory, key, signal });
    const base =
      options.base === undefined
        ? undefined
        : await basePlan(project, options.base, { stacks, host, signal, key, kustomize: tool, warnings });
    const overlays = await rendering;
    return {
      project: project.name,
      base: base?.revision,
      stacks: await Promise.all(recorded.map(([stack, found]) => stackPlan(stack, found, key, judge, base))),
      overlays: await overlayPlans(overlays, judge, base),
      warnings,
    };
  } finally {
    await judge.close();
  }
}

/** Without kustomize the overlays are left out of a plan, and said to be; a difference is no difference without them. */
async function kustomizeOr(warnings: string[], options: PlanOptions): Promise<string | undefined> {
  try {
    return await findKustomize(options.signal);
  } catch (error) {
    options.signal.throwIfAborted();
    warnings.push(`the overlays under apps/ are left out: ${(error as Error).message}`);
    return undefined;
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

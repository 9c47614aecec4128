import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import type { PlanFlags } from "../commands/plan.ts";
import { exitCodes, UsageError } from "../errors.ts";
import type { Host } from "../host.ts";
import { writeOut } from "../write-out.ts";

import { chooseStacks } from "./choose-stacks.ts";
import { interruptSignal } from "./interrupt.ts";
import { makePlan } from "./make-plan.ts";
import { allViolations, type Plan } from "./model.ts";
import { planJson } from "./output/json.ts";
import { planMarkdown } from "./output/markdown.ts";
import { palette } from "./output/palette.ts";
import { planText } from "./output/text.ts";
import { findProject } from "./project.ts";

/**
 * `gitops plan`: makes the plan, prints it and judges.
 * @returns the exit code
 * @throws UsageError, or the interruption
 */
export async function runPlan(argument: string | undefined, flags: PlanFlags, host: Host): Promise<number> {
  const project = findProject(flags.directory);
  const stacks = chooseStacks(project, { argument, options: flags.stack, all: flags.all ?? false });
  const { signal, release } = interruptSignal();
  try {
    const options = { base: flags.base, policies: flags.policies, manifests: flags.manifests, host, signal };
    const plan = await makePlan(project, stacks, options);
    await deliver(format(plan, flags), flags.out);
    const mandatory = allViolations(plan).some(({ enforcement }) => enforcement === "mandatory");
    return mandatory ? exitCodes.violation : exitCodes.clean;
  } finally {
    release();
  }
}

function format(plan: Plan, flags: PlanFlags): string {
  if (flags.json) return `${JSON.stringify(planJson(plan), null, 2)}\n`;
  if (flags.markdown) return planMarkdown(plan);
  return planText(plan, palette(flags.out === undefined && Boolean(process.stdout.isTTY)));
}

async function deliver(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    await writeOut(text);
    return;
  }
  const file = resolve(out);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`--out "${out}": cannot be written: ${(error as Error).message}`);
  }
}

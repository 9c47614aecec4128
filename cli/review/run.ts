import type { ReviewFlags } from "../commands/review.ts";
import { exitCodes } from "../errors.ts";
import type { Host } from "../host.ts";
import { chooseStacks } from "../plan/choose-stacks.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Project } from "../plan/project.ts";
import { findProject } from "../plan/project.ts";

import { adviceOn } from "./advice/advice-on.ts";
import { adviserFrom } from "./advice/from-environment.ts";
import { assess } from "./assess.ts";
import type { Assessment } from "./assessment.ts";
import { changeOf } from "./change/from-plan.ts";
import { readGit } from "./change/git.ts";
import type { ReviewConfig } from "./config.ts";
import { failuresOf } from "./history/failures.ts";
import { deliver } from "./output/deliver.ts";
import { formatted } from "./output/format.ts";
import { configAt, configFrom } from "./read-config.ts";

/**
 * `gitops review`: judges the change between a revision and the working tree, and prints the verdict.
 * @returns the exit code: 0 approved, 1 rejected
 * @throws UsageError, or the interruption
 */
export async function runReview(flags: ReviewFlags, host: Host): Promise<number> {
  const project = findProject(flags.directory);
  const { signal, release } = interruptSignal();
  try {
    const assessment = await review(project, flags, host, signal);
    await deliver(formatted(assessment, flags), flags.out);
    return assessment.approve ? exitCodes.clean : exitCodes.violation;
  } finally {
    release();
  }
}

/** What a review needs to know of its flags. */
export type ReviewScope = Pick<ReviewFlags, "base" | "stack" | "config" | "maxRisk" | "violations" | "advice">;

/**
 * Judges the change between a revision and what is checked out in a project.
 * @throws UsageError, or the interruption
 */
export async function review(
  project: Project,
  flags: ReviewScope,
  host: Host,
  signal: AbortSignal,
): Promise<Assessment> {
  const { directory } = project;
  // First what is quick and may be wrong: a bad setting is told before the plan is made.
  const adviser = flags.advice ? adviserFrom(process.env) : undefined;
  const git = await readGit(directory, flags.base, signal);
  const config = await settings(directory, git.mergeBase, flags, signal);
  const { files, commits, mergeBase } = git;
  const stacks = chooseStacks(project, { argument: undefined, options: flags.stack, all: flags.stack.length === 0 });
  const search = { directory, base: mergeBase, files, days: config.historyDays, signal };
  const [plan, failures] = await Promise.all([
    makePlan(project, stacks, { base: mergeBase, policies: true, manifests: true, host, signal }),
    failuresOf(search),
  ]);
  const change = changeOf(plan, { files, commits, failures });
  if (adviser === undefined) return assess(change, config);
  return assess(change, config, await adviceOn(adviser, { diff: git.diff, commits }, config, signal));
}

async function settings(
  directory: string,
  base: string,
  flags: ReviewScope,
  signal: AbortSignal,
): Promise<ReviewConfig> {
  const config = flags.config === undefined ? await configAt(directory, base, signal) : await configFrom(flags.config);
  return {
    ...config,
    ...(flags.maxRisk === undefined ? {} : { maxRisk: flags.maxRisk }),
    ...(flags.violations === undefined ? {} : { violations: flags.violations }),
  };
}

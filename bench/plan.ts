import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { execa } from "execa";

import { installedPulumi } from "../local/engines/find-pulumi.ts";
import { projectDirectory } from "../local/layout.ts";

import type { PlanFigure, PlanFigures } from "./result.ts";
import { round, secondsSince, summarize } from "./statistics.ts";

export interface MeasurePlanOptions {
  /** Of each command, after one that fills the caches. */
  readonly runs: number;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}

interface Command {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Default 0. */
  readonly exitCodes?: readonly number[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The stack with the most in it. */
const stack = "prod";
const gitops = join(projectDirectory, "cli", "bin", "gitops.mjs");

/** A verdict (1) is a result as well. */
const plan = (name: string, ...flags: readonly string[]): Command => {
  return { name, file: gitops, args: ["plan", stack, ...flags], exitCodes: [0, 1] };
};

/**
 * `gitops plan prod`, its parts, and `pulumi preview` of the same stack with the same pack where the CLI is here.
 * @throws Error when the plan itself fails
 */
export async function measurePlan(options: MeasurePlanOptions): Promise<PlanFigures> {
  const whole = await seconds(plan(`gitops plan ${stack}`), options);
  if ("reason" in whole) throw new Error(`gitops plan ${stack} failed: ${whole.reason}`);
  const parts: readonly Command[] = [
    plan("without the policies", "--no-policies"),
    plan("without policies and overlays", "--no-policies", "--no-manifests"),
    { name: "the command alone (--help)", file: gitops, args: ["plan", "--help"] },
    { name: "node alone", file: process.execPath, args: ["--eval", "0"] },
  ];
  const others: PlanFigures["others"][number][] = [];
  for (const command of parts) others.push({ name: command.name, figure: await seconds(command, options) });
  others.push({ name: "pulumi preview with the pack", figure: await preview(options) });
  return { stack, whole, others };
}

/** Wall time of a command as a whole process, or why there is none. */
async function seconds(command: Command, { runs, onProgress, signal }: MeasurePlanOptions): Promise<PlanFigure> {
  const taken: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    signal.throwIfAborted();
    const begin = performance.now();
    const { exitCode, shortMessage, stderr, stdout } = await execa(command.file, command.args, {
      cwd: projectDirectory,
      reject: false,
      cancelSignal: signal,
      ...(command.env === undefined ? {} : { env: command.env }),
    });
    signal.throwIfAborted();
    if (!(command.exitCodes ?? [0]).includes(exitCode ?? -1)) {
      return { reason: firstError(`${stdout}\n${stderr}`) ?? shortMessage ?? "failed" };
    }
    if (run > 0) taken.push(round(secondsSince(begin)));
  }
  const figure = summarize(taken);
  onProgress(`${command.name}: ${figure.p50} s`);
  return figure;
}

/** On a backend of its own, with a copy of the stack's file: making a stack writes into both. */
async function preview(options: MeasurePlanOptions): Promise<PlanFigure> {
  const pulumi = await installedPulumi();
  if (pulumi === undefined) return { reason: "no pulumi on PATH" };
  const folder = await mkdtemp(join(tmpdir(), "gitops-bench-"));
  try {
    const file = join(folder, `Pulumi.${stack}.yaml`);
    await copyFile(join(projectDirectory, `Pulumi.${stack}.yaml`), file);
    const env = {
      PULUMI_BACKEND_URL: pathToFileURL(folder).href,
      PULUMI_CONFIG_PASSPHRASE: "of a measurement",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    // `stack init` writes beside the Pulumi.yaml of its working directory.
    await copyFile(join(projectDirectory, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    const init = ["stack", "init", stack, "--no-select", "--non-interactive"];
    const made = await execa(pulumi, init, { cwd: folder, env, reject: false });
    if (made.failed) return { reason: firstError(made.stderr) ?? made.shortMessage ?? "failed" };
    const flags = ["--stack", stack, "--config-file", file, "--non-interactive", "--color", "never"];
    const pack = ["--policy-pack", "policies", "--policy-pack-config", join("policies", "config", `${stack}.json`)];
    const command = { name: "pulumi preview", file: pulumi, args: ["preview", ...flags, ...pack], env };
    return await seconds(command, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function firstError(output: string): string | undefined {
  return output.match(/^\s*error: (.*)$/m)?.[1];
}

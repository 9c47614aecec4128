import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { root } from "../../support/kustomize.ts";

/** One step, as far as the tests look. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly "if"?: string;
  readonly "needs"?: string | readonly string[];
  readonly "permissions"?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly "environment"?: string;
  readonly "concurrency"?: { readonly "group": string; readonly "cancel-in-progress": boolean };
  readonly "strategy"?: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly "env"?: Readonly<Record<string, string>>;
  readonly "steps": readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly "group": string; readonly "cancel-in-progress": boolean };
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Folder of the workflows. */
export const folder = join(root, ".github", "workflows");

/** Names of the workflow files. */
export const files: readonly string[] = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));

/** The text of a workflow file. */
export function text(file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

/** A workflow file, parsed. */
export function workflow(file: string): Workflow {
  return parse(text(file)) as Workflow;
}

/** Every job of every workflow, as [file, name, job]. */
export const jobs: readonly (readonly [string, string, Job])[] = files.flatMap((file) =>
  Object.entries(workflow(file).jobs).map(([name, job]) => [file, name, job] as const),
);

/** Every step of every workflow, as [file, job, step]. */
export const steps: readonly (readonly [string, string, Step])[] = jobs.flatMap(([file, name, job]) =>
  job.steps.map((step) => [file, name, step] as const),
);

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { parse } from "yaml";
import type { z } from "zod";

import { UsageError } from "../errors.ts";
import { git } from "../plan/git.ts";

import { configFile } from "./config-file.ts";
import { reviewSchema } from "./config.ts";
import type { ReviewConfig } from "./config.ts";

/**
 * The settings that hold for a change: those of the revision it is compared with, so that a change cannot move its own
 * limits.
 * @throws UsageError for a file that is not valid
 */
export async function configAt(directory: string, commit: string, signal: AbortSignal): Promise<ReviewConfig> {
  const listed = await git(directory, ["ls-tree", "--name-only", commit, configFile], signal);
  if (listed === "") return reviewSchema.parse({});
  return parseConfig(await git(directory, ["show", `${commit}:./${configFile}`], signal), `${configFile} of the base`);
}

/**
 * The settings of a file that the caller names, whatever the repository holds.
 * @throws UsageError when it cannot be read or is not valid
 */
export async function configFrom(file: string): Promise<ReviewConfig> {
  const path = resolve(file);
  const text = await readFile(path, "utf8").catch((error: Error) => {
    throw new UsageError(`--config "${file}": cannot be read: ${error.message}`);
  });
  return parseConfig(text, `--config "${file}"`);
}

/** Settings from YAML. `where` begins the error. */
export function parseConfig(text: string, where: string): ReviewConfig {
  let content: unknown;
  try {
    content = parse(text) ?? {};
  } catch (error) {
    throw new UsageError(`${where}: is no YAML: ${(error as Error).message}`);
  }
  const result = reviewSchema.safeParse(content);
  if (result.success) return result.data;
  throw new UsageError(result.error.issues.map((issue) => `${where}: ${describe(issue)}`).join("\n"));
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}

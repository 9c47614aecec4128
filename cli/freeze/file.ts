import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { freezeSpan } from "../../infra/calendar/freeze.ts";
import type { Freeze } from "../../infra/calendar/freeze.ts";
import { freezesFile, parseFreezes } from "../../infra/calendar/read-freezes.ts";
import { applicationFolders } from "../../infra/delivery/discovery.ts";
import { UsageError } from "../errors.ts";
import { findProject } from "../plan/project.ts";

/** The file of freezes in a checkout. */
export interface FreezeFile {
  /** Root of the project. */
  readonly directory: string;
  readonly text: string;
  /** Folders under `apps/`. */
  readonly applications: readonly string[];
  /** Those that hold now or later. */
  readonly freezes: readonly Freeze[];
}

/**
 * Finds and checks the file.
 * @param given from `--directory`
 * @throws UsageError when there is no project, or the file is wrong
 */
export function openFreezes(given: string | undefined, now: Date): FreezeFile {
  const { directory } = findProject(given);
  const path = join(directory, freezesFile);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "freezes: []\n";
  const applications = existsSync(join(directory, "apps")) ? applicationFolders(directory) : [];
  return { directory, text, applications, freezes: checked(text, applications, now) };
}

/**
 * The freezes of a text.
 * @throws UsageError with every problem
 */
export function checked(text: string, applications: readonly string[], now: Date): readonly Freeze[] {
  const result = parseFreezes(text, applications, now);
  if ("error" in result) throw new UsageError(result.error);
  return result.freezes;
}

/** The first freeze that holds for one of the same applications at some of the same time. */
export function overlapping(freezes: readonly Freeze[], wanted: Freeze): Freeze | undefined {
  const span = freezeSpan(wanted);
  return freezes.find((one) => {
    const other = freezeSpan(one);
    const both = wanted.applications?.some((name) => one.applications?.includes(name) ?? true) ?? true;
    return one.environment === wanted.environment && both && other.from < span.until && span.from < other.until;
  });
}

import { git } from "../../plan/git.ts";
import type { Failure } from "../change/change.ts";

import { areaOf } from "./area.ts";
import { failureKind } from "./failure-kind.ts";

const commitSeparator = "\u001e";
const fieldSeparator = "\u001f";
const day = 24 * 60 * 60;

/** Where and how far back to look. */
export interface FailureSearch {
  readonly directory: string;
  /** Only what this revision contains: the commits of the change itself are no earlier failures. */
  readonly base: string;
  /** The files of the change. */
  readonly files: readonly string[];
  readonly days: number;
  readonly signal: AbortSignal;
}

/** Commits that tell of a failure in an area of the change; one for each commit and area. */
export async function failuresOf({ directory, base, files, days, signal }: FailureSearch): Promise<readonly Failure[]> {
  const areas = [...new Set(files.flatMap((file) => areaOf(file) ?? []))];
  if (areas.length === 0) return [];
  const now = Math.floor(Date.now() / 1000);
  const format = `--format=${commitSeparator}%H${fieldSeparator}%ct${fieldSeparator}%B${fieldSeparator}`;
  const range = [`--since=${now - days * day}`, "--no-merges", "--name-only", format, base, "--"];
  // `:(top)`: paths count from the root, also when the project is a folder of a larger repository.
  const log = await git(directory, ["log", "-z", ...range, ...areas.map((area) => `:(top,literal)${area}`)], signal);
  return log
    .split(commitSeparator)
    .slice(1)
    .flatMap((record) => {
      const [hash = "", seconds = "", message = "", names = ""] = record.split(fieldSeparator);
      const kind = failureKind(message);
      if (kind === undefined) return [];
      const touched = new Set(names.split(/[\0\n]/).flatMap((name) => areaOf(name) ?? []));
      const subject = message.trim().split("\n")[0] ?? "";
      return areas
        .filter((area) => touched.has(area))
        .map((area) => ({ kind, hash, subject, days: (now - Number(seconds)) / day, area }));
    });
}

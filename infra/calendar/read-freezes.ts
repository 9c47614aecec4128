import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { formatProblems, problemsOf } from "../config/problems.ts";

import { freezeSpan, freezesSchema, furthestFreezeDays, isOver } from "./freeze.ts";
import type { Freeze } from "./freeze.ts";

/** From the root of the repository. */
export const freezesFile = "infra/calendar/freezes.yaml";

/**
 * The freezes that hold now or later. Without the file there are none.
 * @param root of the repository
 * @param applications folders under `apps/`
 * @returns the freezes, or one text with every problem of the file
 */
export function readFreezes(
  root: string,
  applications: readonly string[],
  now: Date,
): { readonly freezes: readonly Freeze[] } | { readonly error: string } {
  const file = join(root, freezesFile);
  return existsSync(file) ? parseFreezes(readFileSync(file, "utf8"), applications, now) : { freezes: [] };
}

/** As `readFreezes`, of the text of the file. */
export function parseFreezes(
  text: string,
  applications: readonly string[],
  now: Date,
): { readonly freezes: readonly Freeze[] } | { readonly error: string } {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    return { error: `${freezesFile}: ${(error as Error).message.split("\n")[0] ?? "no YAML"}` };
  }
  const result = freezesSchema.safeParse(content, { reportInput: true });
  if (!result.success) return { error: formatProblems(freezesFile, problemsOf(result.error)) };
  const freezes = result.data.freezes.filter((one) => !isOver(one, now));
  const problems = result.data.freezes.flatMap((one, index) => {
    const unknown = (one.applications ?? []).filter((name) => !applications.includes(name));
    const far = (freezeSpan(one).from - now.getTime()) / 86_400_000 > furthestFreezeDays;
    return [
      ...unknown.map((name) => ({
        path: `freezes[${index}].applications`,
        message: `"${name}" has no folder under apps/; allowed: ${applications.join(", ")}; correct or remove it`,
      })),
      ...(far
        ? [
            {
              path: `freezes[${index}].from`,
              message: `"${one.from}" is too far ahead; allowed: ${furthestFreezeDays} days; add it later`,
            },
          ]
        : []),
    ];
  });
  return problems.length > 0 ? { error: formatProblems(freezesFile, problems) } : { freezes };
}

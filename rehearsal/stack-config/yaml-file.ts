import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { RehearsalError } from "../errors.ts";

/** A YAML mapping of which nothing is known yet. */
export type Mapping = Readonly<Record<string, unknown>>;

/**
 * Reads a YAML (or JSON) file that holds a mapping, resolved as the engine's parser does: merge keys work, `yes` is a
 * string, dates are recognised.
 *
 * @returns an empty mapping for an empty file, and undefined when there is no such file.
 * @throws RehearsalError when the file cannot be read or parsed, with line and column.
 */
export function readMapping(file: string): Mapping | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new RehearsalError(`${file}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
  let content: unknown;
  try {
    content = parse(text, { merge: true, customTags: ["timestamp"] });
  } catch (error) {
    throw new RehearsalError(`${file}: not valid YAML: ${(error as Error).message}`, { cause: error });
  }
  if (content === null || content === undefined) return {};
  if (typeof content !== "object" || Array.isArray(content)) {
    throw new RehearsalError(`${file}: expected a mapping at the top level`);
  }
  return content as Mapping;
}

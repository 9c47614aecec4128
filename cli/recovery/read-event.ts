import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

import { UsageError } from "../errors.ts";

import { parseEvent } from "./event.ts";
import type { RecoveryEvent } from "./event.ts";

/**
 * Reads the report that `--event` names.
 * @param file `-` for standard input
 * @throws UsageError when it cannot be read, or is no report
 */
export async function readEvent(file: string): Promise<RecoveryEvent> {
  const where = file === "-" ? "standard input" : `"${file}"`;
  let content: string;
  try {
    content = file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`--event: ${where} cannot be read: ${(error as Error).message}`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    throw new UsageError(`--event: ${where} is no JSON; expected is what docs/rollback.md describes`);
  }
  return parseEvent(parsed);
}

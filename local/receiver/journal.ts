import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Decision } from "../../cli/recovery/index.ts";
import type { Layout } from "../layout.ts";

import { receiverDirectory } from "./address.ts";
import type { Alert } from "./alert.ts";
import type { Finding } from "./flagger-event.ts";

/** One line of the journal: what came in, and every decision with its reason. */
export type JournalEntry = { readonly time: string } & (
  | { readonly what: "reported"; readonly id: string; readonly via: "webhook" | "sweep" }
  | ({ readonly what: "decided"; readonly id: string } & Decision)
  | { readonly what: "failed"; readonly id: string; readonly attempt: number; readonly error: string }
  | ({ readonly what: "alerted" } & Alert)
  | ({ readonly what: "found" } & Finding)
  | ({ readonly what: "overdue"; readonly branch: string } & Decision)
);

/** JSON lines, for people and tests; the records that stay are in Git. */
export const journalFile = (layout: Layout): string => join(receiverDirectory(layout), "journal.jsonl");

type WithoutTime<T> = T extends unknown ? Omit<T, "time"> : never;

/** Writes to the journal and, shorter, to the log. */
export async function journal(layout: Layout, entry: WithoutTime<JournalEntry>): Promise<void> {
  const line = JSON.stringify({ time: new Date().toISOString(), ...entry });
  console.log(line);
  await appendFile(journalFile(layout), `${line}\n`, { mode: 0o600 });
}

/** Reads all of it; none when nothing was reported yet. */
export async function readJournal(layout: Layout): Promise<readonly JournalEntry[]> {
  const text = await readFile(journalFile(layout), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  // A kill in the middle of a line leaves a piece of one.
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as JournalEntry];
    } catch {
      return [];
    }
  });
}

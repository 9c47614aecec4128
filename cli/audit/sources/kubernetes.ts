import type { AuditEntry, AuditSource } from "../model.ts";
import type { Period } from "../period.ts";
import { within } from "../period.ts";

import { KubernetesEntries } from "./kubernetes-entries.ts";
import { readLog, rotatedFiles } from "./kubernetes-log.ts";

/** A log that kube-apiserver wrote. */
export interface KubernetesLog {
  /** `-` is standard input. */
  readonly file: string;
  /** Rotated files that are kept; set where kube-apiserver rotates it itself. What was before is gone. */
  readonly rotated?: number;
}

/** Reads all logs; what cannot be read is said in its source. */
export async function readKubernetes(
  logs: readonly KubernetesLog[],
  period: Period,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly sources: readonly AuditSource[] }> {
  if (logs.length === 0) {
    return { entries: [], sources: [{ name: "Kubernetes audit log", state: "not-asked", read: 0, problem: null }] };
  }
  const found = new KubernetesEntries();
  const sources: AuditSource[] = [];
  for (const log of logs) sources.push(await read(log, period, found));
  return { entries: found.entries(), sources };
}

async function read(log: KubernetesLog, period: Period, found: KubernetesEntries): Promise<AuditSource> {
  const name = `Kubernetes audit log ${log.file === "-" ? "from standard input" : log.file}`;
  const problems: string[] = [];
  const dropped = found.dropped;
  let [lines, first]: [number, Date | undefined] = [0, undefined];
  try {
    const files = log.rotated === undefined ? [log.file] : await rotatedFiles(log.file);
    for (const file of files) {
      const told = await readLog(file, (event) => {
        if (within(period, new Date(event.requestReceivedTimestamp))) found.take(event);
      });
      lines += told.lines;
      first ??= told.first;
      if (told.unreadable > 0) problems.push(`${told.unreadable} of ${told.lines} lines are no event of audit.k8s.io`);
    }
    if (log.rotated !== undefined && files.length > log.rotated && first !== undefined && first > period.since) {
      problems.push(`it begins at ${first.toISOString()}: what was before has been rotated away`);
    }
  } catch (error) {
    problems.push(`cannot be read: ${(error as Error).message}`);
  }
  if (found.dropped > dropped) problems.push(`${found.dropped - dropped} requests are left out: too many of interest`);
  const state = problems.length === 0 ? "read" : lines === 0 ? "failed" : "partial";
  return { name, state, read: lines, problem: problems.length === 0 ? null : problems.join("; ") };
}

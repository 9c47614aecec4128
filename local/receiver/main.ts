/**
 * The receiver as a process: takes reports of Argo CD on loopback and answers them in Git. Arguments: see start.ts.
 * Ends on SIGTERM; what it was about is taken up again after the next start.
 */
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";

import { execa } from "execa";

import { handleEvent, noteOverdue } from "../../cli/recovery/index.ts";
import type { Limits, RecoveryEvent, RecoveryOptions } from "../../cli/recovery/index.ts";
import { applicationsPath } from "../argocd/applications.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import { layout } from "../layout.ts";

import { receiverDirectory, receiverToken } from "./address.ts";
import { analysisOf } from "./analysis.ts";
import { healthReportOf, syncReportOf } from "./application-report.ts";
import type { ReportedApplication } from "./application-report.ts";
import { freshClone } from "./clone.ts";
import { withoutRepetition } from "./flagger-event.ts";
import { journal, readJournal } from "./journal.ts";
import { Queue } from "./queue.ts";
import { reportServer } from "./server.ts";
import { work } from "./worker.ts";

const { values } = parseArgs({
  options: {
    directory: { type: "string" },
    port: { type: "string" },
    limits: { type: "string", default: "{}" },
  },
});
const platform = layout(values.directory);
const client = restClient(join(receiverDirectory(platform), "kubeconfig"));
const queue = new Queue(receiverDirectory(platform));
const stop = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => stop.abort());

/** Between two looks at the Applications, in milliseconds. */
const sweepEvery = 30_000;

/**
 * Age in milliseconds from which a report counts as lost. Until 90 s it may be on its way: the notifications wait 30 s for
 * a health to last (local/argocd/configuration.ts), and look once a minute.
 */
const lostAfter = 120_000;

/** Between two looks for measures without an outcome, in milliseconds. */
const overdueEvery = 300_000;

const options: RecoveryOptions = {
  repository: await freshClone(platform),
  pushEnvironment: { GITOPS_PUSH_WAIT: "0" },
  signal: stop.signal,
  limits: JSON.parse(values.limits) as Partial<Limits>,
  render: async (tree, overlay) => {
    await execa("kustomize", ["build", join(tree, overlay)], { cancelSignal: stop.signal });
  },
  isHealthy: async ({ name }) => (await read(name)).status?.health?.status === "Healthy",
};

const read = (name: string): Promise<ReportedApplication> => client.get(`${applicationsPath}/${name}`);

let wake = new AbortController();

async function take(event: RecoveryEvent, via: "webhook" | "sweep"): Promise<void> {
  const { id, added } = await queue.add(event);
  // A webhook is written down each time, so that one too many shows.
  if (added || via === "webhook") await journal(platform, { what: "reported", id, via });
  if (added) wake.abort();
}

/** With the numbers that decided, which Argo CD does not know. */
async function withAnalysis(event: RecoveryEvent): Promise<RecoveryEvent> {
  if (event.kind !== "degraded" || event.analysis !== undefined) return event;
  // Gone, or an API server that is away: no reason to leave a failure unanswered.
  const application = await read(event.name).catch(() => undefined);
  const canary = `${event.application}.${application?.spec.destination?.namespace ?? event.environment}`;
  const analysis = analysisOf(event, canary, await readJournal(platform));
  return analysis === undefined ? event : { ...event, analysis };
}

/** Waits; ends early, and without an error, on `signal`. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  delay(milliseconds, undefined, { signal }).catch(() => undefined);

async function answer(): Promise<void> {
  while (!stop.signal.aborted) {
    wake = new AbortController();
    const next = await work({
      queue,
      handle: async (event) => handleEvent(await withAnalysis(event), options),
      onDecision: (id, decision) => journal(platform, { what: "decided", id, ...decision }),
      onFailure: (id, attempt, error) => journal(platform, { what: "failed", id, attempt, error }),
    });
    await pause(Math.min(next ?? sweepEvery, sweepEvery), AbortSignal.any([wake.signal, stop.signal]));
  }
}

/** Argo CD sends a report with `oncePer` once, and never again when that failed: whoever was away looks for itself. */
async function sweep(): Promise<void> {
  let overdueAt = 0;
  while (!stop.signal.aborted) {
    try {
      const { items } = await client.get<{ readonly items: readonly ReportedApplication[] }>(applicationsPath);
      // How a sync ended first: what follows from it comes after it in the note, too.
      const reports = items.flatMap((item) => [syncReportOf(item) ?? [], healthReportOf(item) ?? []].flat());
      for (const report of reports) {
        const age = Date.now() - Date.parse((report.kind === "synced" ? report.finishedAt : report.since) ?? "");
        if (age > lostAfter) await take(report, "sweep");
      }
      if (Date.now() >= overdueAt) {
        overdueAt = Date.now() + overdueEvery;
        for (const branch of new Set(reports.map((report) => report.branch))) {
          const decisions = await noteOverdue(options, branch);
          for (const decision of decisions) await journal(platform, { what: "overdue", branch, ...decision });
        }
      }
    } catch (error) {
      if (!stop.signal.aborted) console.error(`sweep: ${error instanceof Error ? error.message : String(error)}`);
    }
    await pause(sweepEvery, stop.signal);
  }
}

const server = reportServer({
  token: await receiverToken(platform),
  take: (event) => take(event, "webhook"),
  alert: (alert) => journal(platform, { what: "alerted", ...alert }),
  find: withoutRepetition((finding) => journal(platform, { what: "found", ...finding })),
});
server.listen(Number(values.port), "127.0.0.1");
stop.signal.addEventListener("abort", () => {
  server.close();
  server.closeAllConnections();
});
await Promise.all([answer(), sweep()]).catch((error: unknown) => {
  if (!stop.signal.aborted) throw error;
});
client.close();

import type { GitopsKind } from "../../infra/config/gitops.ts";
import type { Application } from "../argocd/applications.ts";
import { gitopsEngine } from "../gitops/engine.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import { isPreview, refreshPreviews } from "../previews/refresh.ts";

import { reportLine } from "./push-report.ts";
import type { Received } from "./received.ts";
import { syncOutcome } from "./sync-outcome.ts";

export interface PushReportArgs {
  readonly kubeconfig: string;
  readonly gitops: GitopsKind;
  /** As Applications name it in `spec.source.repoURL`. */
  readonly repository: string;
  readonly argocd: string;
  /** How long to wait at the most. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

interface Target {
  readonly commit: string;
  /** The revision before the push. */
  readonly before: string | undefined;
}

function follows(application: Application, repository: string, branch: string): boolean {
  const { source } = application.spec;
  return source?.repoURL === repository && source.targetRevision === branch;
}

/**
 * Refreshes the Applications that follow the received branches, then prints a line for each when it is done, in time
 * or not. Rejects only when the API server cannot be reached at first.
 */
export async function reportPush(received: readonly Received[], args: PushReportArgs): Promise<void> {
  const begin = performance.now();
  const client = restClient(args.kubeconfig);
  const engine = gitopsEngine(args.gitops);
  const argocd = engine.kind === "argocd" ? args.argocd : undefined;
  const stop = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(Math.max(args.seconds, 0) * 1000), stop.signal, args.signal]);
  const open = new Map<string, Target>();
  let latest = new Map<string, Application>();
  try {
    const items = await engine.list(client);
    latest = new Map(items.map((item) => [item.metadata.name, item]));
    if (engine.kind === "argocd") for (const line of await refreshPreviews(client, received)) args.print(line);
    for (const { branch, commit, deleted } of received.filter((one) => !isPreview(one))) {
      const targets = items.filter((item) => follows(item, args.repository, branch));
      if (targets.length === 0) args.print(`No application follows branch "${branch}".`);
      else if (deleted) args.print(`Branch "${branch}" is gone, and ${targets.length} applications follow it.`);
      else args.print(`${commit.slice(0, 7)} on "${branch}" goes to ${targets.length} application(s):`);
      if (deleted) continue;
      for (const target of targets) open.set(target.metadata.name, { commit, before: target.status?.sync?.revision });
    }
    await engine.refresh(client, [...open.keys()]);
    if (open.size === 0 || args.seconds === 0) return;
    const held = await engine.heldByWindows(client);

    const show = (application: Application, outcome: ReturnType<typeof syncOutcome>): void =>
      args.print(reportLine(application, outcome, { argocd, seconds: (performance.now() - begin) / 1000 }));
    for await (const state of engine.changes(client, signal)) {
      for (const [name, target] of open) {
        const application = state.get(name);
        if (!application) continue;
        latest.set(name, application);
        const outcome = syncOutcome(
          application,
          target.commit,
          target.before,
          held(application.spec.project ?? "", name),
        );
        if (!outcome) continue;
        show(application, outcome);
        open.delete(name);
      }
      if (open.size === 0) return;
    }
    for (const name of open.keys()) {
      const application = latest.get(name);
      if (application) show(application, undefined);
    }
    args.print("The push is complete and the sync goes on without this report; follow it with: npm run status");
  } finally {
    stop.abort();
    client.close();
  }
}

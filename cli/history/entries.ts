import type { SyncedRevision } from "../cluster/applications.ts";
import { isDegradedMode, isRollback } from "../recovery/culprits.ts";
import type { Commit } from "../recovery/history.ts";
import type { DeploymentRecord } from "../recovery/notes.ts";
import { trailerNames } from "../recovery/trailers.ts";

import type { Approval, HistoryEntry, RecordedSync } from "./model.ts";
import { knownSyncs } from "./records.ts";
import { syncsOf } from "./syncs.ts";

/** What is known of one application in one environment. */
export interface Sources {
  readonly application: string;
  readonly environment: string;
  /** All commits of the branch, and those that changed the application; newest first. */
  readonly branch: readonly Commit[];
  readonly own: readonly Commit[];
  readonly records: ReadonlyMap<string, readonly DeploymentRecord[]>;
  /** All that the notes of the branch say of it, oldest first. */
  readonly recorded: readonly DeploymentRecord[];
  /** What Argo CD and Flagger say; undefined when they were not asked or have no such Application. */
  readonly live:
    | {
        readonly running: string | undefined;
        readonly history: readonly SyncedRevision[];
        readonly canaryPhase: string | undefined;
      }
    | undefined;
}

/** Puts together what Git, its notes and Argo CD say of each deployment. Pure. */
export function historyEntries(sources: Sources): readonly HistoryEntry[] {
  const { application, environment, branch, own, live, recorded } = sources;
  const known = knownSyncs(live?.history ?? [], recorded);
  const syncOf = syncsOf(branch, own, known);
  const places = new Map(branch.map(({ id }, place) => [id, place]));
  const runningPlace = places.get(live?.running ?? known.at(-1)?.revision ?? "");
  // The newest commit of the application that the running revision has.
  const running = own.find(({ id }) => runningPlace !== undefined && (places.get(id) ?? -1) >= runningPlace)?.id;
  const takenBackBy = new Map(own.flatMap((commit) => takesBack(commit).map((id) => [id, commit] as const)));

  return own.map((commit) => {
    const { id, subject, author, time, trailers } = commit;
    const records = sources.records.get(id) ?? [];
    const sync = syncOf(id);
    const mine = carrying(recorded, places, id, sync);
    const takenBack = takenBackBy.get(id);
    const rolledBackBy = takenBack?.id ?? null;
    // A person may have had other reasons than an analysis.
    const failed = takenBack !== undefined && !takenBack.trailers.has(trailerNames.requestedBy);
    const isWaiting = runningPlace !== undefined && (places.get(id) ?? Infinity) < runningPlace;
    const outcome =
      rolledBackBy !== null
        ? "rolled-back"
        : id === running
          ? "running"
          : runningPlace === undefined
            ? "unknown"
            : isWaiting
              ? "waiting"
              : "replaced";
    return {
      environment,
      application,
      revision: id,
      kind: isRollback(commit) ? "rollback" : isDegradedMode(commit) ? "degraded-mode" : "release",
      subject,
      author,
      time: time.toISOString(),
      approvals: approvalsOf(commit, mine, sync),
      sync: sync === undefined ? null : syncFacts(sync),
      syncs: mine.flatMap(recordedSync),
      outcome,
      analysis: analysisOf(records, failed, id === running ? live?.canaryPhase : undefined),
      rolledBackBy,
      takesBack: takesBack(commit),
      emergency: trailers.get(trailerNames.emergency)?.[0] ?? null,
      records,
    };
  });
}

const takesBack = ({ trailers }: Commit): readonly string[] => trailers.get(trailerNames.revertedCommit) ?? [];

/**
 * Records about revisions that have a commit, until the sync that brought it: what is said of newer revisions is about
 * newer commits.
 */
function carrying(
  recorded: readonly DeploymentRecord[],
  places: ReadonlyMap<string, number>,
  commit: string,
  sync: SyncedRevision | undefined,
): readonly DeploymentRecord[] {
  const place = places.get(commit) ?? -1;
  const brought = places.get(sync?.revision ?? "") ?? -Infinity;
  const having = recorded.filter(({ revision }) => {
    const of = places.get(revision) ?? Infinity;
    return of <= place && of >= brought;
  });
  const first = having.findIndex(({ action, outcome }) => action === "deployed" && outcome === "Succeeded");
  // Something newer was synced, and nobody knows whether that brought it.
  if (first !== -1 && sync === undefined) return having.filter(({ revision }) => revision === commit);
  return first === -1 ? having : having.filter((record, at) => at <= first || record.action !== "deployed");
}

function recordedSync(record: DeploymentRecord): readonly RecordedSync[] {
  const { action, revision, outcome, startedAt, finishedAt, seconds = 0, by = null, reason } = record;
  if (action !== "deployed" || outcome === undefined || startedAt === undefined || finishedAt === undefined) return [];
  return [{ revision, outcome, startedAt, finishedAt, seconds, by, reason }];
}

function approvalsOf(
  { trailers }: Commit,
  records: readonly DeploymentRecord[],
  sync: SyncedRevision | undefined,
): readonly Approval[] {
  const said = [...(trailers.get(trailerNames.approvedBy) ?? []), ...(trailers.get("Reviewed-by") ?? [])];
  const noted = records.flatMap(({ action, by, time, reason }): readonly Approval[] =>
    action === "approved" && by !== undefined ? [{ by, how: "note", time, reason }] : [],
  );
  const synced = sync?.initiatedBy?.automated === true ? undefined : sync?.initiatedBy?.username;
  // Who synced it after an approval is an account of Argo CD, and often one of many people.
  const byHand =
    noted.length > 0 || synced === undefined || synced === "" ? [] : [{ by: synced, how: "sync" } as const];
  return [...said.map((by) => ({ by, how: "commit" }) as const), ...noted, ...byHand];
}

function syncFacts({ revision = "", deployedAt, deployStartedAt, initiatedBy }: SyncedRevision): HistoryEntry["sync"] {
  const began = deployStartedAt === undefined ? undefined : Date.parse(deployStartedAt);
  return {
    revision,
    finishedAt: deployedAt,
    seconds: began === undefined ? null : Math.round((Date.parse(deployedAt) - began) / 1000),
    by: initiatedBy?.username || null,
  };
}

/** What is recorded tells more than the phase of now, which is about the newest release alone. */
function analysisOf(
  records: readonly DeploymentRecord[],
  failed: boolean,
  phase: string | undefined,
): HistoryEntry["analysis"] {
  const last = records.findLast(({ action }) => ["recovered", "not-recovered"].includes(action))?.action;
  if (last !== undefined) return last === "recovered" ? "succeeded" : "failed";
  if (phase === "Failed") return "failed";
  if (phase === "Succeeded" || phase === "Initialized") return "succeeded";
  if (phase !== undefined && phase !== "") return "running";
  return failed ? "failed" : null;
}

import type { HistoryDocument } from "../history/model.ts";
import type { ApplicationStatus } from "../status/model.ts";

/**
 * What the server of `gitops dashboard` tells its page. Types alone, so that the page's bundle takes no code of the server.
 * All answers are JSON in UTF-8 with a field `version`; instants are ISO 8601 in UTC; an answer that is not 2xx is a `Problem`.
 *
 *   GET  /                             the page; `?token=...` exchanges the one-time token for the session cookie
 *   GET  /assets/<name>-<hash>.<ext>   its scripts, styles, icons; never change
 *   GET  /healthz                      `{ "status": "ok" }`, without a session
 *   GET  /api/session                  Session
 *   GET  /api/snapshot                 Snapshot, as it was read last, or read now
 *   GET  /api/events                   server-sent events: `event: snapshot`, `id: <n>`, `data: <Snapshot>`; the first at once,
 *                                      then one whenever something has changed; comments as heartbeat; `retry: 2000`
 *   GET  /api/history/<application>    HistoryDocument; `?env=<name>` and `?limit=<n>` (default 20, at most 200) narrow it
 *   GET  /api/diff/<environment>/<application>/<revision>      DeploymentDiff; `?base=<revision>` compares with that commit
 *                                      instead of the first parent, such as `running` with `wanted` of what waits
 *   POST /api/actions/<ActionName>     body: the request of that action as application/json, header `X-CSRF-Token` of the
 *                                      Session; answer ActionResponse, 200 whenever the command ran, refused or not
 *
 * Errors: 400 a malformed request, 401 no session (the page says to open the printed address), 403 read-only, wrong
 * token or foreign origin, 404, 409 an action runs already, 429 too many open pages, 502 Git or the cluster does not answer.
 *
 * dashboard/build.ts makes the page. Its policy is `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';
 * font-src 'self'; connect-src 'self'`: no inline script or style and no `style` attribute in markup (properties that a
 * script sets, `element.style`, are allowed), no data: URL.
 */
export interface Problem {
  readonly version: 1;
  /** For a person: what is wrong, and how to mend it. */
  readonly error: string;
}

/** Whom the server sees, and what it lets them do. */
export interface Session {
  readonly version: 1;
  /** Who looks: as Git knows them on this machine, or as the ingress says; null where nothing tells. */
  readonly viewer: { readonly name: string; readonly email: string | null } | null;
  /** No action is permitted. */
  readonly readOnly: boolean;
  /** Empty when `readOnly`. */
  readonly actions: readonly ActionName[];
  /** To send as `X-CSRF-Token` with each POST; null when `readOnly`. */
  readonly csrfToken: string | null;
  /** Whether there is a clone to tell history and diffs from. */
  readonly history: boolean;
}

/** Everything that the page shows at once; the same for everybody. */
export interface Snapshot {
  readonly version: 1;
  /** When the facts were read. */
  readonly time: string;
  /** What is looked at, for the head of the page: the context of the kubeconfig, or the folder of the local platform. */
  readonly cluster: string;
  /** In the order in which a change travels. */
  readonly environments: readonly EnvironmentSummary[];
  /** By environment in that order, then by name. */
  readonly applications: readonly DashboardApplication[];
  /** What waits for a person; the applications have the same in `waitsFor`. */
  readonly approvals: readonly WaitingApproval[];
  /** What could not be read, and why. */
  readonly warnings: readonly string[];
  /** Set while the cluster does not answer: all else is as it was at `time` (empty when it never answered). */
  readonly problem: { readonly since: string; readonly message: string } | null;
  readonly readOnly: boolean;
}

/** One column of the flow. */
export interface EnvironmentSummary {
  readonly name: string;
  readonly namespace: string;
  /** The branch that it follows. */
  readonly branch: string;
  /** Whether people have to sync (`manual`) or Argo CD does. Of the platform's profile; an application may differ. */
  readonly sync: "automatic" | "manual";
  /** Whether the cluster serves it: false shows an empty column as "not in this cluster". */
  readonly present: boolean;
}

/** One application in one environment. */
export interface DashboardApplication extends ApplicationStatus {
  /** `environment/application`: a key of the page, unique in the snapshot. */
  readonly id: string;
  /** More of its canary than `canary` says; null for an application without one. */
  readonly progress: CanaryProgress | null;
  /** Null where nothing scales it. */
  readonly scaling: Scaling | null;
  /** From now on for `timelineDays`, without gaps; empty where no window holds for it: then it is always open. */
  readonly timeline: readonly WindowInterval[];
  /** When the last sync ended; null before the first. */
  readonly syncedAt: string | null;
  /** Who synced last; null: Argo CD by itself. */
  readonly syncedBy: string | null;
}

/** Days ahead that a timeline tells. */
export type TimelineDays = 7;

/** Where Flagger is. */
export interface CanaryProgress {
  /** As Flagger says it: `Initialized`, `Progressing`, `WaitingPromotion`, `Promoting`, `Finalising`, `Succeeded`, `Failed`, ... */
  readonly phase: string;
  /** Whether a release is on its way. */
  readonly active: boolean;
  /** `weighted` moves traffic by steps, `iterations` tests beside the running release (blue/green). */
  readonly kind: "weighted" | "iterations";
  /** Percent of traffic that the new release gets now. */
  readonly weight: number;
  /** Percent at which it is promoted; null for `iterations`. */
  readonly maxWeight: number | null;
  /** Percent of each step, when they are the same. */
  readonly stepWeight: number | null;
  /** Checks that are done, and that have to be; null for `weighted`. */
  readonly iteration: number | null;
  readonly iterations: number | null;
  /** 0 to 1 of the analysis: 1 once it is over. */
  readonly fraction: number;
  /** Failed checks, and how many of them take the release back. */
  readonly failedChecks: number;
  readonly threshold: number;
  /** Between two checks, as in the Canary: `10s`. */
  readonly interval: string;
  /** What is measured. */
  readonly metrics: readonly string[];
  /** What Flagger said last. */
  readonly message: string;
  readonly since: string | null;
}

/** What KEDA does with the pods. */
export interface Scaling {
  /** Pods; the most and the least that KEDA goes to. */
  readonly minimum: number;
  readonly maximum: number;
  /** Of the autoscaler: as it is, and as it shall be; null before its first look. */
  readonly current: number | null;
  readonly desired: number | null;
  /** Whether a trigger asks for more than the least. */
  readonly active: boolean;
  /** Paused by Flagger during a promotion, or by a person. */
  readonly paused: boolean;
  /** The fallback holds because a trigger cannot be read. */
  readonly fallback: boolean;
  readonly triggers: readonly ScalingTrigger[];
  /** Why it is not ready; empty when it is. */
  readonly message: string;
}

export interface ScalingTrigger {
  /** `prometheus`, `cron`, ... */
  readonly type: string;
  readonly name: string;
  /** As the autoscaler measured it (Kubernetes quantity, `1500m` is 1.5), and what it aims at a pod; null where unknown. */
  readonly current: string | null;
  readonly target: string | null;
}

/** A stretch of time in which the windows say the same. */
export interface WindowInterval {
  readonly from: string;
  readonly until: string;
  /** Whether Argo CD syncs by itself. */
  readonly automatic: boolean;
  /** Whether a person may sync. */
  readonly manual: boolean;
  /** What closes it, in words (a freeze has who and why); empty while open. */
  readonly reasons: readonly string[];
}

export interface WaitingApproval {
  readonly environment: string;
  readonly application: string;
  /** `sync`: to be synced. `promotion`: a release that has passed its analysis waits at its gate. */
  readonly kind: "sync" | "promotion";
  /** Commit that would go on; null where it is not known. */
  readonly revision: string | null;
  /** What a person would type. */
  readonly command: string;
}

/** What a commit changed of one application. */
export interface DeploymentDiff {
  readonly version: 1;
  readonly environment: string;
  readonly application: string;
  readonly revision: string;
  /** Commit that it is compared with: `?base`, else its first parent; null for the first commit of all. */
  readonly base: string | null;
  readonly subject: string;
  /** The message without its subject, trailers included. */
  readonly body: string;
  readonly author: string;
  readonly time: string;
  readonly files: readonly FileDiff[];
  /** Files were left out because there are too many. */
  readonly truncated: boolean;
}

export interface FileDiff {
  readonly path: string;
  /** Of a file that was renamed; else null. */
  readonly previousPath: string | null;
  readonly status: "added" | "modified" | "deleted" | "renamed";
  readonly additions: number;
  readonly deletions: number;
  readonly binary: boolean;
  /** Unified diff from its first `@@` on; empty for a binary file or one that is too long (`truncated`). */
  readonly patch: string;
  readonly truncated: boolean;
}

export type ActionName = "approve" | "promote" | "rollback" | "freeze" | "unfreeze";

/** `dryRun` says what would be done and does nothing. */
export interface ActionRequests {
  readonly approve: {
    readonly application: string;
    readonly environment: string;
    /** Why, for the record. */
    readonly reason?: string;
    readonly dryRun?: boolean;
  };
  readonly promote: {
    /** Absent: every application that is well. */
    readonly application?: string;
    readonly from: string;
    readonly to: string;
    readonly dryRun?: boolean;
  };
  readonly rollback: {
    readonly application: string;
    readonly environment: string;
    /** Commit whose state to go back to. Absent: what ran before the last sync. */
    readonly to?: string;
    readonly reason?: string;
    /** It cannot wait for a window; needs a reason. */
    readonly emergency?: boolean;
    readonly dryRun?: boolean;
  };
  readonly freeze: {
    readonly environment: string;
    /** Absent: all of the environment. */
    readonly applications?: readonly string[];
    /** ISO 8601, or how long: `90m`, `36h`, `5d`. */
    readonly until: string;
    readonly reason: string;
    /** Stops people as well. */
    readonly strict?: boolean;
    readonly dryRun?: boolean;
  };
  readonly unfreeze: {
    readonly environment: string;
    /** Absent: all of the environment. */
    readonly application?: string;
    readonly reason?: string;
    readonly dryRun?: boolean;
  };
}

/** What the command said. */
export interface ActionResponse {
  readonly version: 1;
  readonly action: ActionName;
  /** As a person would have typed it. */
  readonly command: string;
  readonly outcome:
    /** Exit code 0. */
    | "done"
    /** Exit code 1: a rule says no. */
    | "refused"
    /** Anything else: a wrong option, or Git, the host or the cluster does not answer. */
    | "failed";
  readonly exitCode: number;
  /** The command's own words: its reason, or what it wrote to standard error. */
  readonly message: string;
  /** Its JSON document (cli/README.md); null when it printed none. */
  readonly document: unknown;
}

/** `GET /api/history/<application>`. */
export type DashboardHistory = HistoryDocument;

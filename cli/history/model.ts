import type { DeploymentRecord } from "../recovery/notes.ts";

/** A person who let a deployment through, or had it synced. */
export interface Approval {
  readonly by: string;
  readonly how:
    /** A trailer `Approved-by` or `Reviewed-by` of the commit. */
    | "commit"
    /** A record in the notes. */
    | "note"
    /** Synced by hand in Argo CD, and no record says who approved it. */
    | "sync";
  /** With `note`: ISO 8601, and why. */
  readonly time?: string;
  readonly reason?: string;
}

/** A sync that was recorded when it ended. */
export interface RecordedSync {
  readonly revision: string;
  readonly outcome: "Succeeded" | "Failed" | "Error";
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly seconds: number;
  /** Account of Argo CD; null: Argo CD by itself. */
  readonly by: string | null;
  /** One sentence. */
  readonly reason: string;
}

/** One commit that changed an application on the branch of an environment, and what became of it. */
export interface HistoryEntry {
  readonly environment: string;
  readonly application: string;
  readonly revision: string;
  readonly kind: "release" | "rollback" | "degraded-mode";
  readonly subject: string;
  readonly author: string;
  /** ISO 8601: when it came to the branch. */
  readonly time: string;
  readonly approvals: readonly Approval[];
  /** The sync that brought it, from Argo CD (it keeps ten) or the records; null where neither knows one. */
  readonly sync: {
    readonly revision: string;
    /** ISO 8601. */
    readonly finishedAt: string;
    /** How long it took; null where Argo CD did not write down when it began. */
    readonly seconds: number | null;
    /** Null: Argo CD by itself. */
    readonly by: string | null;
  } | null;
  /** Syncs that had it, the failed ones too, until the first that succeeded; oldest first. Empty: none is recorded. */
  readonly syncs: readonly RecordedSync[];
  readonly outcome:
    /** It is what runs now. */
    | "running"
    /** Something newer runs. */
    | "replaced"
    /** A later commit took it back. */
    | "rolled-back"
    /** Not synced yet. */
    | "waiting"
    /** Argo CD was not asked, or does not tell. */
    | "unknown";
  /** Of Flagger; null where nothing tells. */
  readonly analysis: "succeeded" | "failed" | "running" | null;
  /** The commit that took it back. */
  readonly rolledBackBy: string | null;
  /** Of a rollback: the commits that it takes back. */
  readonly takesBack: readonly string[];
  /** Why a person rolled back although a window was closed. */
  readonly emergency: string | null;
  /** All lines of its note; docs/rollback.md describes them. */
  readonly records: readonly DeploymentRecord[];
}

/** The document that `gitops history --json` prints. */
export interface HistoryDocument {
  readonly version: 1;
  readonly application: string;
  /** Newest first in each environment. */
  readonly deployments: readonly HistoryEntry[];
  readonly warnings: readonly string[];
}

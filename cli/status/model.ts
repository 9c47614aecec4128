/** What `gitops status` says of one application in one environment; the fields of its `--json` too. */
export interface ApplicationStatus {
  readonly environment: string;
  /** Folder under `apps/`. */
  readonly application: string;
  /** Of the Application object. */
  readonly name: string;
  /** Commit of the environment's branch that Argo CD compared with last; null before the first comparison. */
  readonly wanted: string | null;
  /** Commit that was synced last; null before the first sync. */
  readonly running: string | null;
  /** Of what serves users; null where there is no Deployment to ask. */
  readonly image: string | null;
  /** Of a release under analysis, when it is another one. */
  readonly nextImage: string | null;
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  readonly health: string;
  /** Null for an application without one. */
  readonly canary: { readonly phase: string; readonly weight: number; readonly failedChecks: number } | null;
  /** Pods of all its Deployments; null where there is none. */
  readonly replicas: { readonly ready: number; readonly wanted: number } | null;
  /** What its sync windows permit; null where none holds for it. */
  readonly windows: WindowStatus | null;
  /**
   * `sync`: a person has to sync it. `promotion`: a release has passed its analysis and waits at its gate. `window`: it is
   * synced when its window opens.
   */
  readonly waitsFor: "sync" | "promotion" | "window" | null;
  readonly state:
    /** Runs what Git says. */
    | "well"
    /** On its way there. */
    | "moving"
    /** For a person; what runs is well. */
    | "waiting"
    | "unwell";
  /** Why it is not well; empty when it is. */
  readonly reason: string;
}

/** What sync windows permit. */
export interface WindowStatus {
  /** Whether Argo CD may sync by itself. */
  readonly automatic: boolean;
  /** Whether a person may sync. */
  readonly manual: boolean;
  /** ISO 8601: when automation stops; null when it does not in the next weeks, or is stopped. */
  readonly openUntil: string | null;
  /** ISO 8601: when automation may go on; null when it may now, or no opening is ahead. */
  readonly opensAt: string | null;
  /** All of it in words, on the clock of the window that matters. */
  readonly message: string;
}

/** The document that `gitops status --json` prints. */
export interface StatusDocument {
  readonly version: 1;
  /** ISO 8601. */
  readonly time: string;
  readonly applications: readonly ApplicationStatus[];
  /** What could not be read, and why. */
  readonly warnings: readonly string[];
}

/** What a host of repositories shows beside a commit. */
export interface CommitStatus {
  /** All digits. */
  readonly commit: string;
  /** Tells statuses of one commit apart: a new one replaces the one before of the same context. */
  readonly context: string;
  readonly state: "success" | "failure" | "pending";
  /** One line. */
  readonly description: string;
  /** Page with more; absent where there is none. */
  readonly url?: string;
}

/** Statuses of commits on a host of repositories. Plain Git has none: there the notes tell. */
export interface CommitStatuses {
  /**
   * Shows a status, unless the newest one of its context says the same.
   * @throws UsageError with the host's words
   */
  readonly show: (status: CommitStatus) => Promise<"shown" | "unchanged">;
}

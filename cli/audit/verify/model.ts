/** Something that is not as it must be. */
export interface Break {
  /** Which check found it. */
  readonly check: "append-only" | "chain" | "signature" | "signer" | "checkpoint" | "commit";
  /** The record, note, commit or branch. */
  readonly where: string;
  readonly expected: string;
  readonly found: string;
}

/** What a check looked at. */
export interface CheckResult {
  readonly name: string;
  /** Counts in words, such as "12 records signed". */
  readonly counts: readonly string[];
  readonly breaks: readonly Break[];
}

/** The document that `gitops audit --verify --json` prints. */
export interface VerifyDocument {
  readonly version: 1;
  /** Whether everything could be fetched. */
  readonly complete: boolean;
  readonly checks: readonly CheckResult[];
  /** All breaks of all checks. */
  readonly breaks: readonly Break[];
  /** Newest commits of what was verified, by name (`notes`, or a branch): what `--expect` takes the next time. */
  readonly heads: Readonly<Record<string, string>>;
  /** What was not checked, and why. */
  readonly warnings: readonly string[];
}

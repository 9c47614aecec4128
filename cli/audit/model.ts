import type { AuditKind } from "./kinds.ts";

/** Where an entry can be looked up. */
export interface Evidence {
  /** A commit; the commit of the notes that wrote a record; the `auditID` of a request to the Kubernetes API. */
  readonly type: "commit" | "note" | "audit-id";
  readonly id: string;
}

/** One thing that happened. */
export interface AuditEntry {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly kind: AuditKind;
  /** A person as Git or Kubernetes knows them, or the platform. */
  readonly who: string;
  /** None: it belongs to none of them alone. */
  readonly environments: readonly string[];
  readonly applications: readonly string[];
  /** One line. */
  readonly what: string;
  /** One line; null where nobody said. */
  readonly why: string | null;
  readonly evidence: readonly Evidence[];
}

/** What was read, so that a gap in the trail is no surprise. */
export interface AuditSource {
  readonly name: string;
  /** `partial`: some of it is missing; `failed`: all of it; `not-asked`: nobody gave it. */
  readonly state: "read" | "partial" | "failed" | "not-asked";
  /** Commits, records or lines that were looked at. */
  readonly read: number;
  /** What is missing and why; null where nothing is. */
  readonly problem: string | null;
}

/** The document that `gitops audit --json` prints. */
export interface AuditDocument {
  readonly version: 1;
  /** ISO 8601. */
  readonly since: string;
  readonly until: string;
  readonly entries: readonly AuditEntry[];
  readonly sources: readonly AuditSource[];
  readonly warnings: readonly string[];
}

/** Whether nothing is known to be missing. */
export const isComplete = ({ warnings }: AuditDocument): boolean => warnings.length === 0;

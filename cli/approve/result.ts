import type { WaitsFor } from "./approvals.ts";
import type { ShownChange } from "./candidate.ts";
import type { Followed } from "./follow.ts";

/** What `gitops approve` found and did. */
export interface ApprovalResult {
  readonly application: string;
  readonly environment: string;
  readonly namespace: string;
  readonly action:
    /** Recorded, and let through. */
    | "approved"
    /** By somebody before; let through if it still waited. */
    | "already-approved"
    /** The person may not, or a window is closed to people. */
    | "refused"
    | "nothing-waits"
    /** With `--dry-run`: it could be. */
    | "would-approve"
    /** Approved, but it was not let through, or did not become well. */
    | "failed";
  /** One sentence. */
  readonly reason: string;
  readonly waitsFor: WaitsFor | null;
  /** What is let through; null when nothing waits. */
  readonly change: (ShownChange & { readonly image: string | null }) | null;
  /** Who approved it, `Name <address>`, and when, ISO 8601; null when nobody did. */
  readonly by: string | null;
  readonly time: string | null;
  /** What became of it; null when it was not let through, or not waited for. */
  readonly followed: Followed | null;
  /** Of its Canary; null where there is none. */
  readonly phase: string | null;
  readonly warnings: readonly string[];
}

/** Whether the person can go home: exit code 0. */
export function isDone({ action }: ApprovalResult): boolean {
  return action === "approved" || action === "already-approved" || action === "would-approve";
}

import type { ControlSeverity } from "../../infra/compliance/controls.ts";

/** Version of the JSON document; raised when a field changes its meaning or goes. New fields do not raise it. */
export const schemaVersion = 1;

/** `unknown`: nobody could see it; it is never a pass. `waived`: it fails, and policies/waivers.yaml lets it until a day. */
export type Result = "pass" | "fail" | "unknown" | "waived";

/** When a control is enforced: before a merge, at a write, on what runs, and by Open Cluster Management. */
export type Stage = "plan" | "admission" | "running" | "ocm";

/** One thing that was looked at. */
export interface Evidence {
  /** `NetworkPolicy dev/default-deny`, a violating object that was offered, a stack. */
  readonly object: string;
  /** Of the object as it was read; null where there is none. */
  readonly resourceVersion: string | null;
  readonly result: Result;
  /** What was seen. */
  readonly says: string;
}

/** What one stage shows of a control. */
export interface StageReport {
  readonly stage: Stage;
  /** Policies and rules by name; empty for what runs. */
  readonly enforcedBy: readonly string[];
  readonly result: Result;
  readonly evidence: readonly Evidence[];
}

/** One control in one environment. */
export interface ControlReport {
  readonly control: string;
  readonly title: string;
  readonly severity: ControlSeverity;
  /** `CIS Amazon EKS Benchmark 4.3.2`. */
  readonly references: readonly string[];
  /** The worst of the stages. */
  readonly result: Result;
  readonly stages: readonly StageReport[];
}

/** What `gitops compliance --json` prints. */
export interface ComplianceDocument {
  readonly schemaVersion: number;
  /** ISO 8601: when the evidence was gathered. */
  readonly time: string;
  readonly environments: readonly {
    readonly environment: string;
    readonly namespace: string;
    readonly controls: readonly ControlReport[];
  }[];
  /** What was left out and why. */
  readonly warnings: readonly string[];
}

const worstFirst: readonly Result[] = ["fail", "unknown", "waived", "pass"];

/** The worst result; `unknown` where nothing was looked at. */
export const worst = (results: readonly Result[]): Result =>
  worstFirst.find((result) => results.includes(result)) ?? "unknown";

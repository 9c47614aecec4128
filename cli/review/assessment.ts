import type { WeightName } from "./weights.ts";

/** One part of the risk: all findings of one weight. */
export interface Part {
  readonly weight: WeightName;
  /** Points of all findings together, 2 decimals not rounded; see weights.ts. */
  readonly points: number;
  /** What it contributes to the risk: the parts' shares add up to it. */
  readonly share: number;
  /** Why the weight is what it is. */
  readonly reason: string;
  readonly findings: readonly Finding[];
}

/** One thing that was found. */
export interface Finding {
  readonly weight: WeightName;
  /** Points by itself: the weight, times what its environment and its kind of change let count. */
  readonly points: number;
  /** What was found, in a line. */
  readonly text: string;
  /** File to show it at, from the root of the repository. */
  readonly file?: string | undefined;
}

/** `error` rejects; `warning` is worth a look; `note` explains. */
export type Level = "error" | "warning" | "note";

/** One remark for the author. */
export interface Comment {
  readonly level: Level;
  /** Name of a weight, `policy/<name>`, or `review` for what concerns the review itself. */
  readonly rule: string;
  readonly message: string;
  /** From the root of the repository. */
  readonly file?: string | undefined;
}

/** `low` below 0.3, `medium` below 0.6, `high` up to 0.8, `critical` above. */
export type Band = "low" | "medium" | "high" | "critical";

/** The verdict and how it came about. */
export interface Assessment {
  readonly approve: boolean;
  /** 0 to 1. */
  readonly risk: number;
  readonly band: Band;
  /** Why it is rejected; empty when it is approved. */
  readonly rejections: readonly string[];
  /** The largest first. */
  readonly parts: readonly Part[];
  readonly comments: readonly Comment[];
}

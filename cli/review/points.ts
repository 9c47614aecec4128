import type { Band, Finding } from "./assessment.ts";
import { repeatScale } from "./weights.ts";

/** The risk of so many points: 0 for none, and never above 1. More points are never less risk. */
export function riskOf(points: number): number {
  return 1 - Math.exp(-points);
}

/** Points of alike findings: the largest in full, each further one by `repeatScale` less than the one before. */
export function sumOf(findings: readonly Finding[]): number {
  return findings
    .map(({ points }) => points)
    .toSorted((a, b) => b - a)
    .reduce((sum, points, index) => sum + points * repeatScale ** index, 0);
}

/** The name of a risk's range. */
export function bandOf(risk: number): Band {
  if (risk < 0.3) return "low";
  if (risk < 0.6) return "medium";
  return risk <= 0.8 ? "high" : "critical";
}

import type { Assessment, Comment, Finding, Part } from "./assessment.ts";
import type { Change } from "./change/change.ts";
import { partComment, violationComment } from "./comments.ts";
import { defaultConfig } from "./config.ts";
import type { ReviewConfig } from "./config.ts";
import { factors } from "./factors/index.ts";
import { bandOf, riskOf, sumOf } from "./points.ts";
import { weights } from "./weights.ts";
import type { WeightName } from "./weights.ts";

/** What came from elsewhere: it can add points and comments, and take nothing away. */
export interface Addition {
  readonly findings: readonly Finding[];
  readonly comments: readonly Comment[];
}

/**
 * Judges a change. Pure: the same change and settings give the same verdict, without a repository, clock or network.
 * @param config default: the project's rule, rejected above 0.8 or with a mandatory violation
 * @param addition what a language model had to say. Default: nothing
 */
export function assess(change: Change, config: ReviewConfig = defaultConfig, addition?: Addition): Assessment {
  const findings = factors.flatMap((factor) => factor(change, config)).filter(({ points }) => points > 0);
  const added = (addition?.findings ?? []).filter(({ points }) => points > 0);
  const parts = partsOf([...findings, ...added]);
  const risk = riskOf(parts.reduce((sum, { points }) => sum + points, 0));
  const rejections = rejectionsOf(change, config, risk);
  return {
    approve: rejections.length === 0,
    risk,
    band: bandOf(risk),
    rejections,
    parts,
    comments: [
      ...change.violations.map((violation) => violationComment(violation, config)),
      ...parts.map(partComment),
      ...(addition?.comments ?? []),
    ],
  };
}

function partsOf(findings: readonly Finding[]): readonly Part[] {
  const byWeight = new Map<WeightName, readonly Finding[]>();
  for (const found of findings) byWeight.set(found.weight, [...(byWeight.get(found.weight) ?? []), found]);
  const sums = [...byWeight].map(([weight, alike]) => ({ weight, alike, points: sumOf(alike) }));
  const total = sums.reduce((sum, { points }) => sum + points, 0);
  return sums
    .map(({ weight, alike, points }) => ({
      weight,
      points,
      share: (riskOf(total) * points) / total,
      reason: weights[weight].reason,
      findings: alike.toSorted((a, b) => b.points - a.points),
    }))
    .toSorted((a, b) => b.points - a.points);
}

function rejectionsOf({ violations }: Change, config: ReviewConfig, risk: number): readonly string[] {
  const rejecting = violations.filter(
    ({ enforcement }) => enforcement === "mandatory" || (config.violations === "any" && enforcement === "advisory"),
  );
  const count = rejecting.length;
  return [
    ...(count > 0 ? [`${count} ${count === 1 ? "violation" : "violations"} of a policy`] : []),
    ...(risk > config.maxRisk ? [`risk ${risk.toFixed(2)} is above ${config.maxRisk}`] : []),
  ];
}

import type { Finding } from "../assessment.ts";
import type { Change } from "../change/change.ts";
import type { ReviewConfig } from "../config.ts";
import { weights } from "../weights.ts";
import type { WeightName } from "../weights.ts";

/** Looks at one side of a change. More of what it looks for never yields fewer points. */
export type Factor = (change: Change, config: ReviewConfig) => readonly Finding[];

/** Points of a weight, as configured. */
export function pointsOf(weight: WeightName, config: ReviewConfig): number {
  return config.weights[weight] ?? weights[weight].points;
}

/** A finding of a weight; `scale` is the part of the weight that counts. Default: all of it. */
export function finding(
  weight: WeightName,
  config: ReviewConfig,
  details: { readonly text: string; readonly scale?: number; readonly file?: string | undefined },
): Finding {
  const { text, scale = 1, file } = details;
  return { weight, points: pointsOf(weight, config) * scale, text, ...(file === undefined ? {} : { file }) };
}

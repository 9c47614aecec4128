import { z } from "zod";

import { weightNames } from "./weights.ts";

const seconds = z.number().positive().max(300);

/** Limits of a call to a language model. */
const advice = z.strictObject({
  /** Most bytes (UTF-8) of the change that are sent. Default: 60000, some 20000 tokens. */
  maxBytes: z.int().min(1_000).max(1_000_000).default(60_000),
  /** Most tokens of the answer. Default: 2000. */
  maxTokens: z.int().min(100).max(20_000).default(2_000),
  /** For one attempt. Default: 60. */
  timeoutSeconds: seconds.default(60),
  /** Attempts when the service is busy or out of reach. Default: 3. */
  attempts: z.int().min(1).max(10).default(3),
});

/** The settings of a review: `gitops-review.yaml` in the root of the repository. Everything has a default. */
export const reviewSchema = z.strictObject({
  /** The change is rejected above it. Default: 0.8, the rule of the project. */
  maxRisk: z.number().min(0).max(1).default(0.8),
  /** Which violations reject: `mandatory` ones, or `any`, advisory ones included. Default: mandatory. */
  violations: z.enum(["mandatory", "any"]).default("mandatory"),
  /** Days in which the weight of an earlier failure halves. Default: 30. */
  failureHalfLifeDays: z.number().positive().max(3_650).default(30),
  /** How far back failures are looked for, in days. Default: 180, six half-lives. */
  historyDays: z.int().positive().max(3_650).default(180),
  /** Points by name of a weight, instead of those of cli/review/weights.ts. Default: none. */
  weights: z.partialRecord(z.enum(weightNames), z.number().min(0).max(10)).default({}),
  advice: advice.prefault({}),
});

export type ReviewConfig = z.infer<typeof reviewSchema>;

/** What holds without a file. */
export const defaultConfig: ReviewConfig = reviewSchema.parse({});

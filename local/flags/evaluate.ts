import type { EvaluationContext, JsonValue } from "@openfeature/core";
import type { FeatureFlag } from "@openfeature/flagd-core";

/** `serverEvaluationSuccess` of OFREP 0.3.0 (open-feature/protocol, service/openapi.yaml). Without `value` and `variant` the caller takes its own default. */
export interface EvaluationSuccess {
  readonly key: string;
  readonly reason: string;
  readonly value?: JsonValue;
  readonly variant?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** `evaluationFailure` and `flagNotFound` of OFREP 0.3.0. */
export interface EvaluationFailure {
  readonly key: string;
  readonly errorCode: string;
  readonly errorDetails: string;
}

/**
 * Evaluates a flag as flagd answers it over OFREP (open-feature/flagd, core/pkg/service/ofrep/models.go at bbb05d4b): a
 * disabled flag and one without a default are successes without a value.
 */
export function evaluate(
  key: string,
  flag: FeatureFlag | undefined,
  context: EvaluationContext,
): EvaluationSuccess | EvaluationFailure {
  if (flag === undefined) return { key, errorCode: "FLAG_NOT_FOUND", errorDetails: `flag "${key}" does not exist` };
  const metadata = Object.keys(flag.metadata).length === 0 ? {} : { metadata: flag.metadata };
  if (flag.state === "DISABLED") return { key, reason: "DISABLED", ...metadata };
  const result = flag.evaluate(context);
  if (result.reason === "ERROR") {
    const { errorCode = "GENERAL", errorMessage = "the flag cannot be evaluated" } = result as {
      errorCode?: string;
      errorMessage?: string;
    };
    return { key, errorCode, errorDetails: errorMessage };
  }
  const { value, variant, reason } = result as { value?: JsonValue; variant?: string; reason: string };
  return {
    key,
    reason,
    ...(value === undefined ? {} : { value }),
    ...(variant === undefined ? {} : { variant }),
    ...metadata,
  };
}

export function isFailure(result: EvaluationSuccess | EvaluationFailure): result is EvaluationFailure {
  return "errorCode" in result;
}

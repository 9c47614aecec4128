import { z } from "zod";

import { quote } from "./problems.ts";

/** What a scalar is, so that every error can say what is allowed and how to mend the value. */
export interface ScalarRule {
  /** With its article: `a CIDR block`. */
  readonly noun: string;
  /** What is allowed, in words. */
  readonly allowed: string;
  /** A value that is right. */
  readonly example: string;
  /** `true`, or the reason why the value is refused (may be an empty string). */
  readonly accepts: (value: string) => boolean | string;
}

/** A string schema whose message gives the value, what is allowed and an example. */
export function scalar(rule: ScalarRule) {
  return z.string().superRefine((value, context) => {
    const verdict = rule.accepts(value);
    if (verdict === true) return;
    const reason = typeof verdict === "string" && verdict !== "" ? ` (${verdict})` : "";
    context.addIssue({
      code: "custom",
      message: `${quote(withoutCredentials(value))} is not ${rule.noun}${reason}; allowed: ${rule.allowed}; for example "${rule.example}"`,
    });
  });
}

/** A scalar that a regular expression describes completely. */
export function pattern(expression: RegExp, rule: Omit<ScalarRule, "accepts">) {
  return scalar({ ...rule, accepts: (value) => expression.test(value) });
}

/** An address as it may stand in a log: a password or token in front of the host is not shown. */
function withoutCredentials(value: string): string {
  return value.replace(/\/\/[^/\s]*@/, "//***@");
}

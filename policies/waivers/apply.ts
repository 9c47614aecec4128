import type { Policies, ReportViolation } from "@pulumi/policy";

import { stackPolicy } from "../model/stack-policy.ts";

import type { Waiver } from "./parse.ts";
import { waivable } from "./register.ts";
import type { WaiverRegister } from "./register.ts";

type AnyPolicy = Policies[number];

/** The policy without the violations that are waived. */
export function withWaivers(policy: AnyPolicy, register: WaiverRegister): AnyPolicy {
  const filtered =
    (report: ReportViolation, own?: string): ReportViolation =>
    (message, urn) => {
      const subject = urn ?? own;
      if (subject === undefined || !register.covers(policy.name, waivable(subject))) report(message, urn);
    };
  if ("validateStack" in policy)
    return { ...policy, validateStack: (args, report) => policy.validateStack(args, filtered(report)) };
  const { validateResource } = policy;
  if (validateResource === undefined || Array.isArray(validateResource)) return policy;
  return { ...policy, validateResource: (args, report) => validateResource(args, filtered(report, args.urn)) };
}

/**
 * Policies on the waivers themselves. They come last in a pack: the others have then said which waivers they needed.
 * @param file as messages call it
 */
export function waiverPolicies(register: WaiverRegister, file = "policies/waivers.yaml") {
  return [
    stackPolicy({
      name: "waivers-valid",
      description: "A waiver names policy, resource, owner and reason, and has not expired.",
      severity: "high",
      remediation: "mend what it waives, or have its owner renew the line in a reviewed change",
      types: () => false,
      judgeStack: () => [
        ...register.problems.map((problem) => ({ reason: `${file} ${problem}` })),
        ...register.expired().map((waiver) => ({ reason: `${file}: ${line(waiver)} expired on ${waiver.expires}` })),
      ],
    }),
    stackPolicy({
      name: "waivers-in-use",
      description: "A waiver whose resource has been mended is removed.",
      severity: "low",
      remediation: "remove the line",
      enforcementLevel: "advisory",
      types: () => true,
      judgeStack: (resources) =>
        register.unused(resources).map((waiver) => ({ reason: `${file}: ${line(waiver)} waives nothing` })),
    }),
  ];
}

/** As a message names a waiver. */
export function line({ policy, resource, owner }: Waiver): string {
  return `the waiver of ${policy} for ${resource} (owner ${owner})`;
}

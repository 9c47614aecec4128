import type { AdmissionAction } from "../../config/compliance.ts";
import { labels } from "../../labels.ts";

import { policyName } from "./rule.ts";
import type { AdmissionRule } from "./rule.ts";

/** What the API server does with a violation; Deny and Warn exclude each other. Audit writes it into the audit log. */
const validationActions: Readonly<Record<Exclude<AdmissionAction, "off">, readonly string[]>> = {
  deny: ["Deny", "Audit"],
  warn: ["Warn", "Audit"],
};

/** The ValidatingAdmissionPolicy of a rule. */
export function admissionPolicy(rule: AdmissionRule) {
  const named = (texts: Readonly<Record<string, string>> = {}) =>
    Object.entries(texts).map(([name, expression]) => ({ name, expression }));
  return {
    metadata: { name: policyName(rule) },
    spec: {
      // A rule that cannot be evaluated must not let anything in.
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: rule.targets.map(({ group, version, resources }) => ({
          apiGroups: [group],
          apiVersions: [version],
          operations: ["CREATE", "UPDATE"],
          resources: [...resources],
        })),
      },
      matchConditions: named(rule.conditions),
      variables: named(rule.variables),
      validations: rule.validations.map(({ expression, message }) => ({ expression, messageExpression: message })),
    },
  };
}

/** Name of the binding of a rule with an action. */
export const bindingName = (rule: Pick<AdmissionRule, "name">, action: AdmissionAction): string =>
  `${policyName(rule)}-${action}`;

/** The binding of a rule to the namespaces of some environments, which have the label of theirs. */
export function admissionBinding(
  rule: AdmissionRule,
  action: Exclude<AdmissionAction, "off">,
  environments: readonly string[],
) {
  return {
    metadata: { name: bindingName(rule, action) },
    spec: {
      policyName: policyName(rule),
      validationActions: [...validationActions[action]],
      matchResources: {
        namespaceSelector: {
          matchExpressions: [{ key: labels.environment, operator: "In", values: [...environments] }],
        },
      },
    },
  };
}

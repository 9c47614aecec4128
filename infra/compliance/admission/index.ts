import { ValidatingAdmissionPolicy } from "@pulumi/kubernetes/admissionregistration/v1/validatingAdmissionPolicy.js";
import { ValidatingAdmissionPolicyBinding } from "@pulumi/kubernetes/admissionregistration/v1/validatingAdmissionPolicyBinding.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { AdmissionConfig } from "../../config/compliance.ts";
import type { Environment } from "../../environments.ts";

import { admissionBinding, admissionPolicy, bindingName } from "./objects.ts";
import { policyName } from "./rule.ts";
import { admissionRules } from "./rules/index.ts";

/**
 * The rules in the API server itself: nothing to install, and whoever breaks one is told at once.
 * @param served environments of the stack; their namespaces alone are judged
 */
export function createAdmission(
  served: readonly Environment[],
  actions: AdmissionConfig,
  options: CustomResourceOptions,
): void {
  const bound = (["deny", "warn"] as const)
    .map((action) => ({ action, environments: served.filter((environment) => actions[environment] === action) }))
    .filter(({ environments }) => environments.length > 0);
  if (bound.length === 0) return;
  for (const rule of admissionRules) {
    const policy = new ValidatingAdmissionPolicy(policyName(rule), admissionPolicy(rule), options);
    for (const { action, environments } of bound) {
      new ValidatingAdmissionPolicyBinding(bindingName(rule, action), admissionBinding(rule, action, environments), {
        ...options,
        dependsOn: [policy],
      });
    }
  }
}

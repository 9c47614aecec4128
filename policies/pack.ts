import { readFileSync } from "node:fs";

import type { Policies } from "@pulumi/policy";

import { today } from "./model/policy.ts";
import { policies, policyNames } from "./policies.ts";
import { waiverPolicies, withWaivers } from "./waivers/apply.ts";
import { parseWaivers } from "./waivers/parse.ts";
import { WaiverRegister } from "./waivers/register.ts";

export const packName = "gitops-platform";

/** What a pack serves: every policy with its waivers, and the policies on these. */
export function packPolicies(waiversFile: string): Policies {
  const register = new WaiverRegister(parseWaivers(readFileSync(waiversFile, "utf8"), today(), policyNames), today());
  return [...policies.map((policy) => withWaivers(policy as Policies[number], register)), ...waiverPolicies(register)];
}

import { resourcePolicy } from "../model/resource-policy.ts";
import { quote } from "../model/values.ts";

import { clusters } from "./types.ts";

interface Settings {
  readonly required: boolean;
}

export const deletionProtection = resourcePolicy<Settings>({
  name: "eks-deletion-protection",
  description: "A cluster that people depend on refuses to be deleted by mistake.",
  severity: "high",
  remediation: "set deletionProtection to true (deletionProtection in infra/environments.ts)",
  settings: {
    required: { type: "boolean", default: false, description: "Whether clusters of this stack need it." },
  },
  types: clusters,
  judge: ({ props }, { required }) => {
    const given = props["deletionProtection"];
    return !required || given === true ? [] : [`deletionProtection is ${quote(given)}`];
  },
});

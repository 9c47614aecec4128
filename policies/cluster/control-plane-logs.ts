import { cis, nsa, pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { quote, texts } from "../model/values.ts";

import { clusters } from "./types.ts";

interface Settings {
  readonly types: readonly string[];
}

export const controlPlaneLogs = resourcePolicy<Settings>({
  name: "eks-control-plane-logs",
  description: "The control plane writes the logs that an investigation needs.",
  severity: "high",
  remediation: "add the missing types to enabledClusterLogTypes",
  references: [cis("2.1.1"), nsa("Audit logging and threat detection"), pci("10.2.1")],
  settings: {
    types: {
      type: "array",
      items: { type: "string", enum: ["api", "audit", "authenticator", "controllerManager", "scheduler"] },
      default: ["api", "audit", "authenticator"],
      description: "Types of log that have to be on.",
    },
  },
  types: clusters,
  judge: ({ props }, { types }) => {
    const enabled = texts(props["enabledClusterLogTypes"]);
    const missing = types.filter((type) => !enabled.includes(type));
    return missing.length === 0 ? [] : [`logs of ${missing.map(quote).join(", ")} are off`];
  },
});

import { cis, nsa, pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, list, quote, text } from "../model/values.ts";

import { clusterComponent, clusters } from "./types.ts";

interface Settings {
  readonly widestPrefix: number;
  readonly publicAllowed: boolean;
}

/** Where no networks are named EKS takes 0.0.0.0/0 (the benchmark's remediation text says so too). */
export const endpointClosed = resourcePolicy<Settings>({
  name: "eks-endpoint-closed",
  description: "The API endpoint of a cluster is reached privately, and from named networks at most.",
  severity: "critical",
  remediation: "set endpointPrivateAccess, and name the networks of your people and your CI in publicAccessCidrs",
  references: [cis("5.4.1"), nsa("Network separation and hardening"), pci("1.3.1")],
  settings: {
    publicAllowed: { type: "boolean", default: true, description: "Allow a public endpoint for named networks." },
    widestPrefix: {
      type: "integer",
      default: 16,
      minimum: 1,
      maximum: 128,
      description: "Shortest prefix of a network that may reach the endpoint; 0.0.0.0/0 has 0.",
    },
  },
  types: clusters,
  judge: ({ type, props }, { publicAllowed, widestPrefix }) => {
    const network = type === clusterComponent ? props : fields(props["vpcConfig"]);
    const reasons: string[] = [];
    if (network["endpointPrivateAccess"] !== true) reasons.push("the private endpoint is off");
    // Both the component and AWS open the endpoint unless told otherwise.
    if (network["endpointPublicAccess"] === false) return reasons;
    if (!publicAllowed) reasons.push("the endpoint is public");
    const networks = list(network["publicAccessCidrs"]);
    if (networks.length === 0) reasons.push("the public endpoint names no networks, and so is open to the world");
    for (const cidr of networks.map(text)) {
      if (cidr === undefined) continue;
      if (/\/0+$/.test(cidr)) reasons.push(`the public endpoint is open to the world (${quote(cidr)})`);
      else if (prefixOf(cidr) < widestPrefix)
        reasons.push(`the public endpoint is open to ${quote(cidr)}, wider than a /${widestPrefix}`);
    }
    return reasons;
  },
});

function prefixOf(cidr: string): number {
  return Number(cidr.split("/")[1] ?? "0");
}

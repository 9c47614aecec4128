import { nsa, pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, number, quote } from "../model/values.ts";

import { nodeGroup } from "./types.ts";

interface Settings {
  readonly hopLimit: number;
}

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";

/** Version 1 of the service hands a node's credentials to any pod that can make the node's address answer. */
export const instanceMetadata = resourcePolicy<Settings>({
  name: "imds-v2",
  description: "Instances answer questions on their credentials only by session (IMDSv2), and not to pods.",
  severity: "high",
  remediation: 'set metadataOptions to { httpTokens: "required", httpPutResponseHopLimit: 1 } in a launch template',
  references: [nsa("Network separation and hardening"), pci("2.2.6")],
  settings: {
    hopLimit: {
      type: "integer",
      default: 1,
      minimum: 1,
      maximum: 64,
      description: "Largest hop limit; 2 lets pods in.",
    },
  },
  types: [launchTemplate, "aws:ec2/instance:Instance", nodeGroup],
  judge: ({ type, props }, { hopLimit }) => {
    if (type === nodeGroup)
      return "launchTemplate" in props ? [] : ["the node group has no launch template, and so the account's default"];
    const options = fields(props["metadataOptions"]);
    if (options["httpEndpoint"] === "disabled") return [];
    const reasons: string[] = [];
    if (options["httpTokens"] !== "required") reasons.push(`httpTokens is ${quote(options["httpTokens"])}`);
    const hops = number(options["httpPutResponseHopLimit"]);
    if (hops === undefined || hops > hopLimit) reasons.push(`the hop limit is ${quote(hops)}, not ${hopLimit}`);
    return reasons;
  },
});

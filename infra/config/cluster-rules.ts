import { accessProblems, endpointProblems } from "./cluster-rules-access.ts";
import { networkProblems } from "./cluster-rules-network.ts";
import { nodeGroupProblems } from "./cluster-rules-nodes.ts";
import type { EksConfig } from "./cluster.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";

/** All contradictions of an EKS configuration; none where the list is empty. */
export function eksProblems(config: EksConfig, sound: Sound): RuleProblem[] {
  return [
    ...networkProblems(config, sound),
    ...nodeGroupProblems(config.nodeGroups, sound),
    ...endpointProblems(config.endpoint, sound),
    ...accessProblems(config.access, sound),
  ];
}

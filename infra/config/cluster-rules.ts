import { accessProblems, endpointProblems } from "./cluster-rules-access.ts";
import { networkProblems } from "./cluster-rules-network.ts";
import { nodeGroupProblems } from "./cluster-rules-nodes.ts";
import type { EksConfig } from "./cluster.ts";

/** A contradiction between settings that are each right by themselves. */
export interface RuleProblem {
  /** From the cluster's own settings down. */
  readonly path: PropertyKey[];
  /** What was given, what is allowed, how to mend it. */
  readonly message: string;
}

/** All contradictions of an EKS configuration; none where the list is empty. */
export function eksProblems(config: EksConfig): RuleProblem[] {
  return [
    ...networkProblems(config),
    ...nodeGroupProblems(config.nodeGroups),
    ...endpointProblems(config.endpoint),
    ...accessProblems(config.access),
  ];
}

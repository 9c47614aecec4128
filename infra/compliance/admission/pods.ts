import { celText, notLeaving } from "./rule.ts";
import type { AdmissionRule, AdmissionTarget } from "./rule.ts";

/** Pods, and all that makes pods: whoever applies a Deployment is told at once, not by a ReplicaSet's events. */
const podTargets: readonly AdmissionTarget[] = [
  { group: "", version: "v1", resources: ["pods", "pods/ephemeralcontainers", "replicationcontrollers"] },
  { group: "apps", version: "v1", resources: ["deployments", "replicasets", "statefulsets", "daemonsets"] },
  { group: "batch", version: "v1", resources: ["jobs", "cronjobs"] },
];

/** The spec of the pods that an object is or makes. `dyn`: the fields differ by kind, and the type checker warns. */
const podSpec = (object: string): string =>
  `object.kind == "Pod" ? dyn(${object}).spec : ` +
  `object.kind == "CronJob" ? dyn(${object}).spec.jobTemplate.spec.template.spec : dyn(${object}).spec.template.spec`;

/** What a rule on pods says of itself. */
export interface PodRuleFacts {
  readonly name: string;
  /** More variables; `podSpec` and `containers` are there. Default: none. */
  readonly variables?: Readonly<Record<string, string>>;
  /** A list of texts in CEL, one a fault; empty where all is well. */
  readonly faults: string;
  /** What is allowed, and how to mend it. */
  readonly remedy: string;
}

/**
 * A rule on pods. An update that leaves the pods as they are passes: what ran before the rule may still be labelled,
 * scaled and deleted, as with pod security admission.
 */
export function podRule({ name, variables = {}, faults, remedy }: PodRuleFacts): AdmissionRule {
  return {
    name,
    targets: podTargets,
    conditions: {
      ...notLeaving,
      "pods-change": `request.operation == "CREATE" || (${podSpec("object")}) != (${podSpec("oldObject")})`,
    },
    variables: {
      podSpec: podSpec("object"),
      containers:
        "variables.podSpec.containers + variables.podSpec.?initContainers.orValue([]) + " +
        "variables.podSpec.?ephemeralContainers.orValue([])",
      ...variables,
      faults,
    },
    validations: [
      {
        expression: "size(variables.faults) == 0",
        message: `variables.faults.join(", ") + ${celText(`; allowed: ${remedy}`)}`,
      },
    ],
  };
}

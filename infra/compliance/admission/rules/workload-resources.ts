import { podRule } from "../pods.ts";

const sized = "(variables.podSpec.containers + variables.podSpec.?initContainers.orValue([]))";
const missing = (part: string, key: string): string =>
  `${sized}.filter(c, !c.?resources.?${part}.?${key}.hasValue()).map(c, "container " + c.name + " has no ${part}.${key}")`;

/**
 * Every container says what it needs and what it may take. A limit of CPU throttles, so it is not asked for. A bare pod
 * has the defaults of the LimitRange by now: those are set before this rule looks; what makes pods states its own.
 */
export const workloadResources = podRule({
  name: "workload-resources",
  faults: [missing("requests", "cpu"), missing("requests", "memory"), missing("limits", "memory")].join(" + "),
  remedy: "requests of cpu and memory and a limit of memory; set resources of the container",
});

import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, number, quote } from "../model/values.ts";

import { clusterComponent, nodeGroups } from "./types.ts";

interface Settings {
  readonly minSize: number;
  readonly maxSize: number;
}

export const nodeGroupBounds = resourcePolicy<Settings>({
  name: "node-group-bounds",
  description: "Every node group says how small and how large it may become.",
  severity: "medium",
  remediation: "give the node group minSize <= desiredSize <= maxSize within the bounds of its environment",
  settings: {
    minSize: { type: "integer", default: 1, minimum: 0, description: "Smallest minSize; 2 survive the loss of one." },
    maxSize: { type: "integer", default: 50, minimum: 1, description: "Largest maxSize; a bound on the bill." },
  },
  types: [clusterComponent, ...nodeGroups],
  judge: ({ type, props }, bounds) => {
    if (type === clusterComponent)
      return props["skipDefaultNodeGroup"] === true ? [] : ["the cluster makes a default node group without bounds"];
    const scaling = fields(props["scalingConfig"]);
    const [min, desired, max] = ["minSize", "desiredSize", "maxSize"].map((key) => number(scaling[key]));
    if (min === undefined || max === undefined)
      return [`the scaling configuration has minSize ${quote(min)} and maxSize ${quote(max)}`];
    const reasons: string[] = [];
    if (min < bounds.minSize) reasons.push(`minSize ${min} is below ${bounds.minSize}`);
    if (max > bounds.maxSize) reasons.push(`maxSize ${max} is above ${bounds.maxSize}`);
    if (min > max || (desired !== undefined && (desired < min || desired > max)))
      reasons.push(`minSize ${min}, desiredSize ${quote(desired)} and maxSize ${max} are out of order`);
    return reasons;
  },
});

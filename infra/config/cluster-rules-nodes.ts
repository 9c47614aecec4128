import { architectureOf } from "../cluster/architecture.ts";

import type { NodeGroupConfig } from "./cluster-node-group.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";

/** Node groups with names of their own, sizes in order, one architecture, and a home for the controllers. */
export function nodeGroupProblems(groups: readonly NodeGroupConfig[], sound: Sound): RuleProblem[] {
  if (!sound.outside("nodeGroups")) return [];
  const problems = groups.flatMap((group, index) => {
    const at = ["nodeGroups", index];
    const known = (...fields: (keyof NodeGroupConfig)[]) => fields.every((field) => sound.whole(...at, field));
    return [
      ...(known("name") ? nameProblems(groups, index, sound) : []),
      ...(known("minSize", "desiredSize", "maxSize") ? sizeProblems(group) : []),
      ...(known("instanceTypes") ? typeProblems(group) : []),
      ...(known("taints") ? taintProblems(group) : []),
    ].map(({ path, message }) => ({ path: [...at, ...path], message }));
  });
  const repels = ({ taints }: NodeGroupConfig) => taints.some(({ effect }) => effect !== "PreferNoSchedule");
  if (
    groups.length === 0 ||
    !groups.every((_, index) => sound.whole("nodeGroups", index, "taints")) ||
    !groups.every(repels)
  )
    return problems;
  const message =
    "every node group repels pods, so DNS and the controllers find no node; allowed: at least one group without " +
    "NoSchedule and NoExecute taints; add one";
  return [...problems, { path: ["nodeGroups"], message }];
}

function nameProblems(groups: readonly NodeGroupConfig[], index: number, sound: Sound): RuleProblem[] {
  const name = groups[index]?.name ?? "";
  const first = groups.findIndex((group, at) => sound.whole("nodeGroups", at, "name") && group.name === name);
  if (first === index) return [];
  const message = `"${name}" is the name of nodeGroups[${first}] already; allowed: a name of its own; rename one`;
  return [{ path: ["name"], message }];
}

function sizeProblems({ minSize, desiredSize, maxSize }: NodeGroupConfig): RuleProblem[] {
  if (minSize > maxSize) {
    const message = `${minSize} is more than maxSize ${maxSize}; allowed: minSize <= desiredSize <= maxSize; change one`;
    return [{ path: ["minSize"], message }];
  }
  if (desiredSize >= minSize && desiredSize <= maxSize) return [];
  const message = `${desiredSize} is not between minSize ${minSize} and maxSize ${maxSize}; allowed: ${minSize} to ${maxSize}; change one`;
  return [{ path: ["desiredSize"], message }];
}

function typeProblems({ instanceTypes }: NodeGroupConfig): RuleProblem[] {
  const [first, ...others] = instanceTypes;
  if (first === undefined) return [];
  return others.flatMap((type, index) => {
    if (architectureOf(type) === architectureOf(first)) return [];
    const message =
      `"${type}" is ${architectureOf(type)} and "${first}" is ${architectureOf(first)}; allowed: one architecture a ` +
      "group, because a group has one machine image; move it to a group of its own";
    return [{ path: ["instanceTypes", index + 1], message }];
  });
}

function taintProblems({ taints }: NodeGroupConfig): RuleProblem[] {
  return taints.flatMap(({ key, effect }, index) => {
    const first = taints.findIndex((taint) => taint.key === key && taint.effect === effect);
    if (first === index) return [];
    const message = `"${key}" with ${effect} is listed already; allowed: one taint for a key and effect; remove one`;
    return [{ path: ["taints", index], message }];
  });
}

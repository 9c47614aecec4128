import { accessInputs } from "./access.ts";
import { clusterInputs } from "./cluster.ts";
import type { InputMapping } from "./mapping.ts";
import { networkInputs } from "./network-inputs.ts";
import { nodeInputs } from "./node-groups.ts";

/**
 * Every input of terraform-aws-modules/eks, by its name of v21, and what it is on this platform.
 * Names and defaults: terraform-aws-modules/terraform-aws-eks, variables.tf of v21.19.0 and v20.37.2; the renamed ones:
 * docs/UPGRADE-21.0.md there.
 */
export const inputMappings: readonly InputMapping[] = [
  ...clusterInputs,
  ...networkInputs,
  ...accessInputs,
  ...nodeInputs,
];

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** The row of an input by either of its names; exact names win. `undefined` where the module has no such input. */
export function mappingOf(name: string): InputMapping | undefined {
  const exact = inputMappings.find((row) => row.name === name || row.v20 === name);
  return (
    exact ?? inputMappings.find((row) => matches(row.name, name) || (row.v20 !== undefined && matches(row.v20, name)))
  );
}

/** Whether only v20 has this name. */
export const isOldName = (name: string): boolean => {
  const row = mappingOf(name);
  return row?.v20 !== undefined && matches(row.v20, name) && !matches(row.name, name);
};

import type { Change, FieldChange, PlannedResource } from "../model.ts";

import { fieldChanges } from "./fields.ts";
import { forcing } from "./replace-forcing.ts";

/** How the resources of one stack differ between two revisions; those that are the same are left out. */
export function resourceChanges(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
): readonly Change[] {
  const old = new Map(before.map((resource) => [resource.urn, resource]));
  const changes: Change[] = [];
  for (const resource of after) {
    const urn = [resource.urn, ...resource.aliases].find((known) => old.has(known));
    const previous = urn === undefined ? undefined : old.get(urn);
    if (urn !== undefined) old.delete(urn);
    const change = previous === undefined ? bare("added", resource) : compared(previous, resource);
    if (change !== undefined) changes.push(change);
  }
  return [...changes, ...[...old.values()].map((resource) => bare("removed", resource))];
}

function compared(before: PlannedResource, after: PlannedResource): Change | undefined {
  const fields: FieldChange[] = [...fieldChanges(before.inputs, after.inputs)];
  if (before.protect !== after.protect) {
    fields.push({ path: "options.protect", before: before.protect, after: after.protect });
  }
  if (fields.length === 0) return undefined;
  const paths = fields.map(({ path }) => path);
  const replacedBecause = forcing(paths, after.type, kindOf(after));
  return { ...bare(replacedBecause.length > 0 ? "replaced" : "changed", after), fields, replacedBecause };
}

function bare(change: Change["change"], { urn, type, name }: PlannedResource): Change {
  return { change, id: urn, type, name, fields: [], replacedBecause: [] };
}

/** The kind of a Kubernetes object; undefined for everything else, and for what only holds objects (a release). */
function kindOf({ type, kind, inputs }: PlannedResource): string | undefined {
  if (kind !== "custom" || !type.startsWith("kubernetes:") || type.startsWith("kubernetes:helm.sh")) return undefined;
  return typeof inputs["kind"] === "string" ? inputs["kind"] : type.split(":").at(-1);
}

import type { PlannedResource } from "../model.ts";

/** A resource at its place in the tree. */
export interface Row {
  readonly resource: PlannedResource;
  /** The lines that lead to it: `│  ├─ `. */
  readonly branch: string;
}

/** Resources below their parents, in the order of registration. */
export function treeRows(resources: readonly PlannedResource[]): readonly Row[] {
  const known = new Set(resources.map(({ urn }) => urn));
  const children = new Map<string | undefined, PlannedResource[]>();
  for (const resource of resources) {
    const parent = resource.parent !== undefined && known.has(resource.parent) ? resource.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), resource]);
  }
  const walk = (parent: string | undefined, indent: string): Row[] => {
    const here = children.get(parent) ?? [];
    return here.flatMap((resource, index) => {
      const last = index === here.length - 1;
      const row = { resource, branch: `${indent}${last ? "└─ " : "├─ "}` };
      return [row, ...walk(resource.urn, `${indent}${last ? "   " : "│  "}`)];
    });
  };
  return walk(undefined, "");
}

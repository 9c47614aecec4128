import { allViolations } from "../../plan/model.ts";
import type { OverlayPlan, Plan, PlannedResource, StackPlan } from "../../plan/model.ts";

import type { Change, ChangedObject, Commit, Failure } from "./change.ts";
import { placeOf } from "./place.ts";

/** What Git adds to a plan. */
export interface GitSide {
  readonly files: readonly string[];
  readonly commits: readonly Commit[];
  readonly failures: readonly Failure[];
}

/** Joins the difference of `gitops plan --base` and what Git knows. */
export function changeOf(plan: Plan, { files, commits, failures }: GitSide): Change {
  return {
    objects: [...plan.stacks.flatMap(objectsOfStack), ...plan.overlays.flatMap(objectsOfOverlay)],
    files,
    commits,
    failures,
    violations: allViolations(plan),
    gaps: plan.warnings,
  };
}

function objectsOfStack({ stack, resources, changes }: StackPlan): readonly ChangedObject[] {
  const below = descendants(resources);
  return (changes ?? []).map(({ id, type, name, change, fields }) => ({
    id,
    type,
    name,
    action: change,
    fields,
    place: placeOf(stack),
    dependents: below.get(id) ?? 0,
    file: `Pulumi.${stack}.yaml`,
  }));
}

function objectsOfOverlay({ path, changes }: OverlayPlan): readonly ChangedObject[] {
  const [, application, , environment] = path.split("/");
  return (changes ?? []).map(({ id, type, name, change, fields }) => ({
    id: `${path}: ${id}`,
    type,
    name,
    action: change,
    fields,
    application,
    place: placeOf(environment ?? ""),
    file: `${path}/kustomization.yaml`,
  }));
}

/** How many resources are below each, by URN. */
function descendants(resources: readonly PlannedResource[]): ReadonlyMap<string, number> {
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const counts = new Map<string, number>();
  for (const { parent } of resources) {
    for (let above = parent; above !== undefined; above = parents.get(above)) {
      counts.set(above, (counts.get(above) ?? 0) + 1);
    }
  }
  return counts;
}

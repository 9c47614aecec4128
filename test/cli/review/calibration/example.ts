import type { Band } from "../../../../cli/review/assessment.ts";
import type { Change, ChangedObject } from "../../../../cli/review/change/change.ts";

/** A realistic change and what an experienced engineer says of it. */
export interface Example {
  readonly name: string;
  readonly change: Change;
  readonly approve: boolean;
  readonly band: Band;
}

type Sketch = Partial<Omit<Change, "commits" | "objects">> & {
  readonly objects?: readonly ChangedObject[];
  /** Messages. Default: one that gives a reason. */
  readonly messages?: readonly string[];
};

/** An example from what is special about it. */
export function example(name: string, expected: readonly ["approve" | "reject", Band], sketch: Sketch): Example {
  const { messages = ["Follow the service's needs, because the old values no longer hold"], ...given } = sketch;
  const commits = messages.map((message, index) => ({ hash: `${index}c0ffee0`, message }));
  const change = { objects: [], files: [], failures: [], violations: [], ...given, commits };
  return { name, change, approve: expected[0] === "approve", band: expected[1] };
}

/** A Deployment of an overlay whose image moves from one version to another. */
export function image(
  application: string,
  place: ChangedObject["place"],
  before: string,
  after: string,
): ChangedObject {
  return manifest(application, place, "apps/v1/Deployment", "changed", [
    { path: "spec.template.spec.containers[name=app].image", before, after },
  ]);
}

/** An object of an overlay. */
export function manifest(
  application: string,
  place: ChangedObject["place"],
  type: string,
  action: ChangedObject["action"],
  fields: ChangedObject["fields"] = [],
): ChangedObject {
  const id = `apps/${application}/overlays/${place}: ${type}/${application}`;
  return { id, type, name: application, action, place, application, fields };
}

/** A resource of a stack. */
export function resource(
  place: ChangedObject["place"],
  type: string,
  action: ChangedObject["action"],
  more: Partial<ChangedObject> = {},
): ChangedObject {
  const name = type.split(":").at(-1)?.toLowerCase() ?? type;
  return {
    id: `urn:pulumi:${place}::gitops-platform::${type}::${name}`,
    type,
    name,
    action,
    place,
    fields: [],
    ...more,
  };
}

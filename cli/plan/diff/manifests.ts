import type { RenderedObject } from "../manifests/render.ts";
import type { Change } from "../model.ts";

import { fieldChanges } from "./fields.ts";
import { forcing } from "./replace-forcing.ts";

/**
 * How the objects of one overlay differ between two revisions. An object is the same when apiVersion, kind, namespace
 * and name are; one that changed a single one of these was replaced: the cluster gets a new object.
 */
export function manifestChanges(
  before: readonly RenderedObject[],
  after: readonly RenderedObject[],
): readonly Change[] {
  const old = new Map(before.map((object) => [identity(object), object]));
  const added: RenderedObject[] = [];
  const changes: Change[] = [];
  for (const object of after) {
    const previous = old.get(identity(object));
    old.delete(identity(object));
    if (previous === undefined) added.push(object);
    else changes.push(...compared(previous, object));
  }
  const gone = [...old.values()];
  for (const object of added) {
    const index = gone.findIndex((candidate) => differences(candidate, object) === 1);
    const [previous] = index < 0 ? [] : gone.splice(index, 1);
    changes.push(...(previous === undefined ? [bare("added", object)] : compared(previous, object)));
  }
  return [...changes, ...gone.map((object) => bare("removed", object))];
}

function compared(before: RenderedObject, after: RenderedObject): readonly Change[] {
  const fields = fieldChanges(before.content, after.content);
  if (fields.length === 0) return [];
  const paths = fields.map(({ path }) => path);
  const replacedBecause = forcing(paths, "", after.kind);
  return [{ ...bare(replacedBecause.length > 0 ? "replaced" : "changed", after), fields, replacedBecause }];
}

function bare(change: Change["change"], object: RenderedObject): Change {
  const { apiVersion, kind, name } = object;
  return { change, id: objectId(object), type: `${apiVersion}/${kind}`, name, fields: [], replacedBecause: [] };
}

/** `Deployment/dev/app`, without the namespace where there is none. */
export function objectId({ kind, namespace, name }: RenderedObject): string {
  return [kind, ...(namespace === undefined ? [] : [namespace]), name].join("/");
}

function parts({ apiVersion, kind, namespace, name }: RenderedObject): readonly (string | undefined)[] {
  return [apiVersion, kind, namespace, name];
}

function identity(object: RenderedObject): string {
  return JSON.stringify(parts(object));
}

function differences(left: RenderedObject, right: RenderedObject): number {
  const other = parts(right);
  return parts(left).filter((part, index) => part !== other[index]).length;
}

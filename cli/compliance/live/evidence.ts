import type { Evidence } from "../model.ts";

import type { LiveObject } from "./read.ts";

/** As people name an object. */
export function identify({ kind, metadata: { name, namespace } }: LiveObject): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** An object that was seen: a pass with what is right, a fail with what is wrong. */
export function seen(object: LiveObject, faults: readonly string[], right: string): Evidence {
  return {
    object: identify(object),
    resourceVersion: object.metadata.resourceVersion ?? null,
    result: faults.length === 0 ? "pass" : "fail",
    says: faults.length === 0 ? right : faults.join("; "),
  };
}

/** Something that should be there and is not. */
export const missing = (object: string, says: string): Evidence => ({
  object,
  resourceVersion: null,
  result: "fail",
  says,
});

/** Something that nobody could see. */
export const unseen = (object: string, says: string): Evidence => ({
  object,
  resourceVersion: null,
  result: "unknown",
  says,
});

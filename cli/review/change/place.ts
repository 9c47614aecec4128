import type { Place } from "./change.ts";

const known: Readonly<Record<string, Place>> = { local: "local", dev: "dev", staging: "staging", prod: "prod" };

/** Where a stack or overlay of this name lands. A name that is not known counts as production, to be careful. */
export function placeOf(name: string): Place {
  return Object.hasOwn(known, name) ? (known[name] ?? "prod") : "prod";
}

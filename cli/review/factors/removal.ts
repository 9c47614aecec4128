import { kindOf, lastingKinds } from "../change/kind.ts";
import { environmentScale } from "../weights.ts";

import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** What is deleted, for good or to be made again. */
export const removal: Factor = ({ objects }, config) =>
  objects.flatMap(({ type, name, action, place, file }) => {
    if (action !== "removed" && action !== "replaced") return [];
    const permanence = lastingKinds.has(kindOf(type)) ? "lasting" : "ordinary";
    const weight = `${action === "removed" ? "removal" : "replacement"}.${permanence}` as const;
    const text = `${type} "${name}" ${action} in ${place}`;
    return [finding(weight, config, { text, scale: environmentScale[place], file })];
  });

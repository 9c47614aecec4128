import { grantingKinds, kindOf } from "../change/kind.ts";
import { addedScale, environmentScale } from "../weights.ts";

import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** What kinds of object are touched. */
export const kind: Factor = ({ objects }, config) =>
  objects.map(({ type, name, action, place, file }) => {
    const of = kindOf(type);
    const fresh = action === "added" && !grantingKinds.has(of);
    return finding(`kind.${of}`, config, {
      text: `${type} "${name}" ${action} in ${place}`,
      scale: environmentScale[place] * (fresh ? addedScale : 1),
      file,
    });
  });

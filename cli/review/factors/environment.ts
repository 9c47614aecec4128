import type { Place } from "../change/change.ts";

import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** Which environments a change reaches. */
export const environment: Factor = ({ objects }, config) => {
  const counts = new Map<Place, number>();
  for (const { place } of objects) counts.set(place, (counts.get(place) ?? 0) + 1);
  return [...counts].map(([place, count]) =>
    finding(`environment.${place}`, config, { text: `${count} ${count === 1 ? "object" : "objects"} in ${place}` }),
  );
};

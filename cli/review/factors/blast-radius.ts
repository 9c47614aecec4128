import type { Finding } from "../assessment.ts";
import { environmentScale } from "../weights.ts";
import type { WeightName } from "../weights.ts";

import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** How much is touched at once. The local platform does not count as an environment. */
export const blastRadius: Factor = ({ objects }, config) => {
  const scaled = (count: (object: (typeof objects)[number]) => number) =>
    objects.reduce((sum, object) => sum + count(object) * environmentScale[object.place], 0);
  const dependents = objects.reduce((sum, object) => sum + (object.dependents ?? 0), 0);
  const environments = new Set(objects.map(({ place }) => place).filter((place) => place !== "local"));
  const applications = new Set(objects.flatMap(({ application }) => application ?? []));
  const when = (scale: number, weight: WeightName, text: string): readonly Finding[] =>
    scale > 0 ? [finding(weight, config, { text, scale })] : [];
  return [
    ...when(Math.log2(1 + scaled(() => 1)), "blast.objects", `${objects.length} touched`),
    ...when(
      Math.log2(1 + scaled((object) => object.dependents ?? 0)),
      "blast.dependents",
      `${dependents} below the touched ones`,
    ),
    ...when(applications.size - 1, "blast.applications", [...applications].join(", ")),
    ...when(environments.size - 1, "blast.environments", [...environments].join(", ")),
  ];
};

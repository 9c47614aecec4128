import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** Failures of the same area, the weaker the longer ago. */
export const history: Factor = ({ failures }, config) =>
  failures.map(({ kind, hash, subject, days, area }) =>
    finding(`history.${kind}`, config, {
      text: `${area}, ${Math.round(days)} days ago: "${subject}" (${hash.slice(0, 8)})`,
      scale: 0.5 ** (Math.max(0, days) / config.failureHalfLifeDays),
      file: area,
    }),
  );

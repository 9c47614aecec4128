import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** Violations that do not reject by themselves. */
export const advisory: Factor = ({ violations }, config) =>
  violations
    .filter(({ enforcement }) => enforcement === "advisory")
    .map(({ policy, resource }) =>
      finding("violation.advisory", config, { text: resource === undefined ? policy : `${policy}: ${resource}` }),
    );

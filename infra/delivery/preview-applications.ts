import type { PreviewsConfig } from "../config/previews.ts";
import type { Problem } from "../config/problems.ts";

import type { Deployment } from "./discovery.ts";

/** Applications of previews that the base environment does not have: they would be left out without a word. */
export function previewProblems(
  { source, base, applications = [] }: PreviewsConfig,
  deployments: readonly Deployment[],
): readonly Problem[] {
  if (source === "none") return [];
  const known = deployments.filter(({ environment }) => environment === base).map(({ application }) => application);
  return applications.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          {
            path: `previews.applications[${index}]`,
            message: `"${name}" is no application of ${base}; allowed: ${known.join(", ")}; remove it, or leave all out`,
          },
        ],
  );
}

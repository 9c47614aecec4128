import { configFile } from "../config-file.ts";
import type { WeightName } from "../weights.ts";

import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** First match wins. Tests and documents of the guards are none. */
const guards: readonly (readonly [WeightName, (path: string) => boolean])[] = [
  ["guard.review", (path) => path === configFile || path.startsWith("cli/review/")],
  ["guard.waiver", (path) => path === "policies/waivers.yaml"],
  ["guard.policies", (path) => path.startsWith("policies/") && !path.endsWith(".md")],
  ["guard.workflow", (path) => path.startsWith(".github/workflows/") || /(^|\/)CODEOWNERS$/.test(path)],
  ["dependencies", (path) => /^package(-lock)?\.json$/.test(path)],
];

/** Changes of what is there to stop bad changes. */
export const guard: Factor = ({ files }, config) =>
  [...new Set(files)].flatMap((file) => {
    const found = guards.find(([, matches]) => matches(file));
    return found === undefined ? [] : [finding(found[0], config, { text: file, file })];
  });

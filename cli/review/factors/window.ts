import { environmentScale } from "../weights.ts";

import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** Changes of the hours and the manner in which Argo CD brings something into an environment. */
export const window: Factor = ({ objects }, config) =>
  objects.flatMap(({ type, name, action, place, fields, file }) => {
    if (!/argoproj\.io/.test(type) || action === "added") return [];
    const touched = fields.filter(({ path }) => /(^|\.)(syncWindows|syncPolicy)\b/.test(path));
    if (touched.length === 0) return [];
    const text = `"${name}" in ${place}: ${touched.map(({ path }) => path).join(", ")}`;
    return [finding("window.changed", config, { text, scale: environmentScale[place], file })];
  });

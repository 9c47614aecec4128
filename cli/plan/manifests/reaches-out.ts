import { posix } from "node:path";

import { parse } from "yaml";

/** Fields of a kustomization whose strings name files, folders or addresses (kustomize, api/types/kustomization.go). */
const naming = [
  "resources",
  "bases",
  "components",
  "crds",
  "configurations",
  "generators",
  "transformers",
  "validators",
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
  "replacements",
  "configMapGenerator",
  "secretGenerator",
  "openapi",
] as const;

/** Keys of their entries that hold text of an object instead. */
const content = new Set(["patch", "literals", "target", "source", "targets", "options", "name", "namespace"]);

/**
 * Whether a kustomization names anything outside `apps/`, or on the network, whose content a digest of `apps/` lacks.
 * @param path of the kustomization, from `apps/`
 */
export function reachesOut(path: string, text: string): boolean {
  const folder = posix.dirname(path);
  const above = [...text.matchAll(/\.\.\/[\w./-]*/g)].some(([target]) => posix.join(folder, target).startsWith(".."));
  if (above) return true;
  // Most files have nothing of the kind: they need no parsing.
  if (!suspicious.test(text)) return false;
  const file = parse(text, { logLevel: "silent" }) as Readonly<Record<string, unknown>> | null;
  if (file === null || typeof file !== "object") return true;
  if (Object.keys(file).some((key) => /^helm|plugin/i.test(key))) return true;
  return naming.some((field) => named(file[field]).some((name) => suspicious.test(name)));
}

const suspicious = /:\/\/|git@|\?ref=|github\.com|helm|plugin/i;

/** Every string that may name something, however deep. */
function named(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(named);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (content.has(key) ? [] : named(inner)));
}

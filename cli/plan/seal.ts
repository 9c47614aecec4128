import { createHmac } from "node:crypto";

import { marks } from "./marks.ts";

/** Start of the text that stands for a secret; the rest tells two secrets apart and nothing else. */
const secretMark = "\u0000secret:";

/** Whether a value stands for a secret. */
export function isSealed(value: unknown): boolean {
  return typeof value === "string" && value.startsWith(secretMark);
}

/** A sealed value as it is printed: deep, without digests. */
export function printable(value: unknown): unknown {
  if (isSealed(value)) return marks.secret;
  if (Array.isArray(value)) return value.map(printable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, printable(item)]));
}

/** What sealing needs to know of a property bag. */
export interface Sealable {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secretInputs: readonly string[];
  readonly type: string;
}

/**
 * Replaces every secret by a mark, so that nothing after this can print one.
 *
 * Secret is: what the program marked, the data of every Kubernetes Secret whether marked or not, and any text that
 * holds one of `known`. Two marks are equal when the secrets are, under one key.
 * @param key random, new for each run: a digest without it could be guessed
 */
export function sealInputs(resource: Sealable, known: readonly string[], key: string): Record<string, unknown> {
  const secretPaths = new Set(resource.secretInputs);
  const ofSecret = isKubernetesSecret(resource.type, resource.inputs);
  const walk = (value: unknown, path: string): unknown => {
    if (secretPaths.has(path) || (ofSecret && /^(data|stringData)(\.|\[)/.test(path))) return mark(value, key);
    if (value === marks.unknownValue) return marks.unknown;
    if (typeof value === "string") return known.reduce((text, word) => text.replaceAll(word, marks.secret), value);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}[${index}]`));
    if (typeof value !== "object" || value === null) return value;
    const prefix = path === "" ? "" : `${path}.`;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, `${prefix}${name}`)]));
  };
  return walk(resource.inputs, "") as Record<string, unknown>;
}

/** Every text that is secret in some resources, longest first. Very short ones would blacken everything. */
export function secretTexts(resources: readonly Sealable[]): readonly string[] {
  const found = new Set<string>();
  for (const resource of resources) {
    const ofSecret = isKubernetesSecret(resource.type, resource.inputs);
    const paths = [...resource.secretInputs, ...(ofSecret ? ["data", "stringData"] : [])];
    for (const path of paths) collect(at(resource.inputs, path), found);
  }
  const decoded = [...found].map((text) => Buffer.from(text, "base64").toString("utf8"));
  const readable = decoded.filter((text) => /^[\x20-\x7e\s]+$/.test(text));
  return [...found, ...readable].filter((text) => text.trim().length >= 6).sort((a, b) => b.length - a.length);
}

function isKubernetesSecret(type: string, inputs: Readonly<Record<string, unknown>>): boolean {
  return type.startsWith("kubernetes:core/v1:Secret") || (inputs["kind"] === "Secret" && inputs["apiVersion"] === "v1");
}

function mark(value: unknown, key: string): string {
  return `${secretMark}${createHmac("sha256", key)
    .update(JSON.stringify(value) ?? "")
    .digest("hex")
    .slice(0, 16)}`;
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === "string") {
    if (value !== marks.unknownValue && value !== marks.placeholder) found.add(value);
  } else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) collect(item, found);
}

/** The value at `a.b[0].c`. Keys with a dot in them are taken as they are written in the path. */
function at(root: unknown, path: string): unknown {
  if (typeof root !== "object" || root === null) return undefined;
  const fields = root as Readonly<Record<string, unknown>>;
  if (path in fields) return fields[path];
  for (let end = path.length - 1; end > 0; end--) {
    if (!".[".includes(path.charAt(end))) continue;
    const head = path.slice(0, end).replace(/^\[(\d+)\]$/, "$1");
    if (!(head in fields)) continue;
    const found = at(fields[head], path.slice(end).replace(/^\./, ""));
    if (found !== undefined) return found;
  }
  const index = /^\[(\d+)\]$/.exec(path)?.[1];
  return index === undefined ? undefined : fields[index];
}

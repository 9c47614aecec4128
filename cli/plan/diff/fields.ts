import diff from "microdiff";

import type { FieldChange } from "../model.ts";
import { isSealed, printable } from "../seal.ts";

type Tree = Readonly<Record<string, unknown>>;

/**
 * The fields that differ, deepest first known path. Items of lists that have names are compared by name, as Kubernetes
 * merges them: a container that is put first does not change all others. Where the order of names changed the list is
 * compared by position, so that no change of order is lost.
 */
export function fieldChanges(before: Tree, after: Tree): readonly FieldChange[] {
  const [left, right] = pair(before, after);
  return diff(left as Tree, right as Tree).map((difference) => {
    const path = pathText(difference.path);
    const [old, now] = [
      "oldValue" in difference ? (difference.oldValue as unknown) : undefined,
      "value" in difference ? (difference.value as unknown) : undefined,
    ];
    // What became secret, or ceased to be, was the same value in all likelihood.
    const secret = holdsSecret(old) || holdsSecret(now);
    const show = (value: unknown): unknown => (secret && value !== undefined ? "[secret]" : unkeyed(printable(value)));
    return {
      path,
      ...(difference.type === "CREATE" ? {} : { before: show(old) }),
      ...(difference.type === "REMOVE" ? {} : { after: show(now) }),
    };
  });
}

/** `["spec", "containers", "[name=app]", "image"]` as `spec.containers[name=app].image`. */
function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (part.startsWith(keyStart)) return `${text}[${part.slice(1)}]`;
    const plain = /^[\w-]+$/.test(part) || text === "";
    return plain ? (text === "" ? part : `${text}.${part}`) : `${text}["${part}"]`;
  }, "");
}

/** Marks a key made of an item's name; no field of an API starts with it. */
const keyStart = "\u0001";

function pair(before: unknown, after: unknown): [unknown, unknown] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [left, right] = [namesOf(before), namesOf(after)];
    if (left !== undefined && right !== undefined && sameOrder(left, right)) return pair(keyed(before), keyed(after));
    const items = before.map((item: unknown, index) => (index < after.length ? pair(item, after[index]) : undefined));
    return [
      before.map((item: unknown, index) => items[index]?.[0] ?? item),
      after.map((item: unknown, index) => items[index]?.[1] ?? item),
    ];
  }
  if (!isTree(before) || !isTree(after)) return [before, after];
  const [left, right]: [Record<string, unknown>, Record<string, unknown>] = [{ ...before }, { ...after }];
  for (const key of Object.keys(left)) if (key in right) [left[key], right[key]] = pair(left[key], right[key]);
  return [left, right];
}

function namesOf(items: readonly unknown[]): readonly string[] | undefined {
  const names = items.map((item) => (isTree(item) && typeof item["name"] === "string" ? item["name"] : undefined));
  return names.includes(undefined) || new Set(names).size < names.length ? undefined : (names as string[]);
}

function sameOrder(left: readonly string[], right: readonly string[]): boolean {
  const common = right.filter((name) => left.includes(name));
  return left.filter((name) => right.includes(name)).every((name, index) => name === common[index]);
}

function keyed(items: readonly unknown[]): Tree {
  return Object.fromEntries(items.map((item) => [`${keyStart}name=${(item as { name: string }).name}`, item]));
}

/** Turns lists that were keyed back into lists. */
function unkeyed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unkeyed);
  if (!isTree(value)) return value;
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([key]) => key.startsWith(keyStart))) return entries.map(([, item]) => item);
  return Object.fromEntries(entries.map(([key, item]) => [key, unkeyed(item)]));
}

function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isSealed(value);
  return Object.values(value).some(holdsSecret);
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

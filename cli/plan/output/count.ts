import type { Change, ChangeKind, PlannedResource } from "../model.ts";

/** How many resources there are of each type, the most frequent first. */
export function countByType(resources: readonly PlannedResource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

/** How many changes there are of each kind; all kinds are there. */
export function countChanges(changes: readonly Change[]): Readonly<Record<ChangeKind, number>> {
  const count = { added: 0, changed: 0, removed: 0, replaced: 0 };
  for (const { change } of changes) count[change] += 1;
  return count;
}

/** `1 resource`, `2 resources`. */
export function counted(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`;
  return `${number} ${/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

/** `2 added, 1 changed`, or "no changes". */
export function changesText(changes: readonly Change[]): string {
  const parts = Object.entries(countChanges(changes)).filter(([, number]) => number > 0);
  return parts.map(([kind, number]) => `${number} ${kind}`).join(", ") || "no changes";
}

import type { InventoryEntry } from "./inventory-entry.ts";

/** For each entry, by URN, those that must be gone before it can go. */
export type RemovalOrder = ReadonlyMap<string, readonly InventoryEntry[]>;

/**
 * The order of removal: dependents before what they depend on. Entries of an interrupted apply may come from two
 * versions of a program that order them differently; a dependency that would close a circle is dropped.
 */
export function removalOrder(entries: readonly InventoryEntry[]): RemovalOrder {
  const order = new Map<string, readonly InventoryEntry[]>();
  const open = new Set<string>();
  const visit = (entry: InventoryEntry): void => {
    if (order.has(entry.urn)) return;
    open.add(entry.urn);
    const before = entries.filter((other) => goesBefore(other, entry) && !open.has(other.urn));
    for (const other of before) if (!open.has(other.urn)) visit(other);
    open.delete(entry.urn);
    order.set(entry.urn, before);
  };
  entries.forEach(visit);
  return order;
}

/** Whether `other` must be gone before `entry` is deleted. */
function goesBefore(other: InventoryEntry, entry: InventoryEntry): boolean {
  if (other.urn === entry.urn) return false;
  // What disappears with another goes after it, and not before, as its dependencies would have it.
  if (entry.deletedWith === other.urn) return true;
  return other.deletedWith !== entry.urn && other.dependencies.includes(entry.urn);
}

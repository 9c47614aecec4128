import { RehearsalError } from "../errors.ts";

import type { ClusterApi } from "./api.ts";
import type { OnEvent } from "./events.ts";
import { explainStuck } from "./finalizers.ts";
import type { InventoryEntry } from "./inventory-entry.ts";
import type { Inventory } from "./inventory.ts";
import { describeObject, identityKey } from "./kubernetes-object.ts";
import { removalOrder } from "./removal-order.ts";
import { isConflict } from "./server-error.ts";
import { waitFor, type WaitOptions } from "./wait.ts";

/** How to remove; the timeout is that of each object. */
export interface RemoveOptions extends WaitOptions {
  readonly onEvent?: OnEvent | undefined;
}

/**
 * Deletes objects, dependents before what they depend on, each only when its dependents are really gone; what does not
 * depend on each other goes at the same time. Objects that are gone already are fine, so it can be run again.
 *
 * @throws RehearsalError when an object is protected (nothing is deleted then), or is still there after the timeout:
 *   which objects, which finalizers, and who removes them.
 */
export async function removeObjects(
  api: ClusterApi,
  inventory: Inventory,
  entries: readonly InventoryEntry[],
  options: RemoveOptions,
): Promise<void> {
  const kept = entries.filter(({ protect }) => protect === true);
  if (kept.length > 0) {
    const list = kept.map(({ urn }) => `  ${urn}`).join("\n");
    throw new RehearsalError(`protected objects are not deleted; take "protect" off and apply first:\n${list}`);
  }
  const order = removalOrder(entries);
  const gone = new Map<string, Promise<boolean>>();
  const stuck: string[] = [];
  const whenGone = (entry: InventoryEntry): Promise<boolean> => {
    const known = gone.get(entry.urn);
    if (known !== undefined) return known;
    const result = (async (): Promise<boolean> => {
      // One that is stuck keeps what it depends on: that is who may have to finish it.
      if (!(await Promise.all((order.get(entry.urn) ?? []).map(whenGone))).every(Boolean)) return false;
      const reason = await removeObject(api, entry, follows(entry, entries), options);
      if (reason === undefined) await inventory.remove([identityKey(entry)]);
      else stuck.push(reason);
      return reason === undefined;
    })();
    gone.set(entry.urn, result);
    return result;
  };
  // Every one is seen to its end before an error leaves, so that nothing goes on behind the caller's back.
  const results = await Promise.allSettled(entries.map(whenGone));
  for (const result of results) if (result.status === "rejected") throw result.reason;
  if (stuck.length === 0) return;
  const wait = `${options.timeout / 1000} s`;
  throw new RehearsalError(`not gone after ${wait}; what they depend on was kept:\n${stuck.join("\n")}`);
}

/** Whether an object disappears by itself, with one that is deleted too. */
function follows({ deletedWith }: InventoryEntry, entries: readonly InventoryEntry[]): boolean {
  return entries.some(({ urn, retain }) => urn === deletedWith && retain !== true);
}

/** Returns why the object is still there, or undefined when it is gone or meant to stay. */
async function removeObject(
  api: ClusterApi,
  entry: InventoryEntry,
  byItself: boolean,
  { onEvent, ...wait }: RemoveOptions,
): Promise<string | undefined> {
  const { urn } = entry;
  if (entry.retain === true) {
    onEvent?.({ type: "retained", urn, object: entry });
    return undefined;
  }
  const live = await api.read(entry);
  if (live !== undefined) {
    onEvent?.({ type: "deleting", urn, object: entry });
    if (!byItself) await requestDeletion(api, entry, live.metadata.uid);
    let last = live;
    const isGone = await waitFor(async () => {
      const now = await api.read(entry);
      last = now ?? last;
      return now === undefined || now.metadata.uid !== live.metadata.uid ? true : undefined;
    }, wait);
    if (isGone === undefined) return explainStuck(entry, last);
  }
  onEvent?.({ type: "deleted", urn, object: entry });
  return undefined;
}

async function requestDeletion(api: ClusterApi, entry: InventoryEntry, uid: string | undefined): Promise<void> {
  try {
    await api.delete(entry, uid, entry.propagation ?? "Foreground");
  } catch (error) {
    // Another object has the name by now: the one that was to go is gone.
    if (isConflict(error)) return;
    throw new RehearsalError(`${entry.urn}: ${describeObject(entry)} cannot be deleted: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

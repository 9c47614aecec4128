import { resolve } from "node:path";

import { ClusterApi } from "./cluster/api.ts";
import type { ClusterOptions } from "./cluster/connection.ts";
import type { OnEvent } from "./cluster/events.ts";
import { Inventory } from "./cluster/inventory.ts";
import { removeObjects } from "./cluster/remove.ts";
import { readProjectFile } from "./stack-config/project-file.ts";

/** What to destroy, and where. The program is not run and the stack's file is not read. */
export interface DestroyOptions extends ClusterOptions {
  readonly stack: string;
  /** The directory that holds Pulumi.yaml. Default: the current directory. */
  readonly project?: string | undefined;
  readonly onEvent?: OnEvent | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The namespace of the inventory. Default: kube-system. */
  readonly inventoryNamespace?: string | undefined;
  /** How long one object may take to be gone, in milliseconds. Default: 300,000. */
  readonly removeTimeout?: number | undefined;
}

/**
 * Deletes everything that applies of a stack made, dependents first, and waits until each object is really gone. It can
 * be stopped and run again, and what was deleted by hand is fine; when all is gone the inventory goes too.
 *
 * @throws RehearsalError when an object does not go: which one, its finalizers, and who should remove them.
 */
export async function destroy(options: DestroyOptions): Promise<void> {
  const { signal, onEvent, stack } = options;
  const project = readProjectFile(resolve(options.project ?? ".")).name;
  const api = new ClusterApi(options, signal);
  try {
    const inventory = await Inventory.open(api, { project, stack, namespace: options.inventoryNamespace });
    const entries = [...inventory.entries.values()];
    onEvent?.({ type: "planned", declared: 0, removed: entries.length });
    await removeObjects(api, inventory, entries, { timeout: options.removeTimeout ?? 300_000, signal, onEvent });
    await inventory.discard();
  } finally {
    api.close();
  }
}

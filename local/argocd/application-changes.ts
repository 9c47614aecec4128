import { setTimeout as delay } from "node:timers/promises";

import type { RestClient } from "../kubernetes/rest-client.ts";

import { applicationsPath, listApplications } from "./applications.ts";
import type { Application } from "./applications.ts";

/** How soon to look again after a watch broke, and how long one watch lasts, at the most, until a fresh look. */
const pause = { milliseconds: 500, watchSeconds: 30 } as const;

/**
 * The state of all Applications by name, at first and after every change, until `signal` aborts.
 *
 * A watch that ends or is refused (an API server that restarts, a resource version too old) is followed by a new
 * list, so that no change is missed for good. Errors are passed over for the same reason: the caller bounds the time.
 */
export async function* applicationChanges(
  client: RestClient,
  signal: AbortSignal,
): AsyncGenerator<ReadonlyMap<string, Application>> {
  while (!signal.aborted) {
    try {
      const { items, resourceVersion } = await listApplications(client);
      const state = new Map(items.map((item) => [item.metadata.name, item]));
      yield state;
      const query = { resourceVersion, timeoutSeconds: pause.watchSeconds };
      for await (const event of client.watch<Application>(applicationsPath, query, signal)) {
        if (event.type === "ERROR") break;
        if (event.type === "DELETED") state.delete(event.object.metadata.name);
        else state.set(event.object.metadata.name, event.object);
        yield state;
      }
    } catch {
      await delay(pause.milliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
}

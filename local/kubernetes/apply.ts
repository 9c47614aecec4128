import pLimit from "p-limit";

import { discovery } from "./discovery.ts";
import type { KubernetesObject, RestClient } from "./rest-client.ts";

export interface ApplyOptions {
  /** Who owns the applied fields, in `metadata.managedFields`. */
  readonly fieldManager: string;
  /** Stops before the next object; an object that is under way is finished. */
  readonly signal?: AbortSignal;
}

/** Requests at once. More does not help: the API server shares its two cores with etcd. */
const parallel = 8;

/**
 * Server-side apply of `objects`, verbatim, taking over fields that others own (`force`).
 *
 * The order is free, so give what others need (namespaces, CRDs) in an earlier call. Rejects with the first
 * refusal, whose message names the object's path.
 */
export async function applyObjects(
  client: RestClient,
  objects: readonly KubernetesObject[],
  options: ApplyOptions,
): Promise<void> {
  const pathOf = discovery(client);
  const limit = pLimit(parallel);
  await Promise.all(
    objects.map((object) =>
      limit(async () => {
        options.signal?.throwIfAborted();
        const query = { fieldManager: options.fieldManager, force: true };
        await client.patch(await pathOf(object), object, "application/apply-patch+yaml", query);
      }),
    ),
  );
}

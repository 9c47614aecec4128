import { setTimeout as delay } from "node:timers/promises";

import { isNotFound } from "../../kubernetes/api-error.ts";
import type { KubernetesObject, RestClient } from "../../kubernetes/rest-client.ts";

import { keyOf } from "./objects.ts";

/** All objects of a kind, in all namespaces, kept up to date by a watch. */
export interface Mirror<T extends KubernetesObject> {
  /** By `<namespace>/<name>`. */
  readonly objects: ReadonlyMap<string, T>;
  /** Resolves after the first list; a list that is refused is logged and asked for again. Rejects on abort. */
  readonly ready: Promise<void>;
}

export interface MirrorOptions {
  readonly labelSelector?: string;
  /** Called with the keys of what changed, after `objects` did; with all of them after a list. */
  readonly onChange?: (keys: readonly string[]) => void;
  /** A kind that the API server does not know counts as "none of it" and is asked for again. Default false. */
  readonly optional?: boolean;
  readonly signal: AbortSignal;
}

/** In milliseconds: before the next try, and before the next look for a kind that is not there. */
const pause = { retry: 500, absent: 5_000 } as const;
/** How long one watch lasts before it is asked for again; the API server would end it after 30 to 60 minutes. */
const watchSeconds = 600;

interface List<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}

/** Starts to mirror `path`, for example "/api/v1/pods". Goes on until `signal` aborts. */
export function mirror<T extends KubernetesObject>(
  client: RestClient,
  path: string,
  options: MirrorOptions,
): Mirror<T> {
  const objects = new Map<string, T>();
  const { signal } = options;
  let settle: { resolve: () => void; reject: (error: unknown) => void };
  const ready = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  const changed = (keys: readonly string[]): void => options.onChange?.(keys);
  const query = options.labelSelector === undefined ? {} : { labelSelector: options.labelSelector };

  async function once(): Promise<void> {
    const list = await client.get<List<T>>(path, query);
    const before = [...objects.keys()];
    objects.clear();
    for (const item of list.items) objects.set(keyOf(item), item);
    settle.resolve();
    changed([...new Set([...before, ...objects.keys()])]);
    let { resourceVersion } = list.metadata;
    // A watch that ends in order is continued where it stood; anything else begins again with a list.
    while (!signal.aborted) {
      const asked = { ...query, resourceVersion, timeoutSeconds: watchSeconds, allowWatchBookmarks: true };
      for await (const { type, object } of client.watch<T>(path, asked, signal)) {
        if (type === "ERROR") throw new Error(`watch of ${path}: ${JSON.stringify(object)}`);
        resourceVersion = object.metadata.resourceVersion ?? resourceVersion;
        if (type === "BOOKMARK") continue;
        const key = keyOf(object);
        if (type === "DELETED") objects.delete(key);
        else objects.set(key, object);
        changed([key]);
      }
    }
  }

  async function forever(): Promise<void> {
    while (!signal.aborted) {
      try {
        await once();
      } catch (error) {
        if (signal.aborted) return;
        const absent = options.optional === true && isNotFound(error);
        if (absent) {
          const gone = [...objects.keys()];
          objects.clear();
          settle.resolve();
          if (gone.length > 0) changed(gone);
        } else console.error(`${path}: ${error instanceof Error ? error.message : String(error)}; asking again`);
        await delay(absent ? pause.absent : pause.retry, undefined, { signal }).catch(() => undefined);
      }
    }
    settle.reject(signal.reason);
  }

  ready.catch(() => undefined);
  void forever();
  return { objects, ready };
}

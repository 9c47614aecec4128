import type { RestClient } from "../../local/kubernetes/rest-client.ts";

interface EventList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubernetesEvent[];
}

interface KubernetesEvent {
  readonly metadata: { readonly resourceVersion: string };
  readonly message: string;
}

/**
 * Tells of each event of an object from now on, in the controller's own words, until the signal aborts. Flagger's
 * events hold the numbers that decide.
 * @returns resolves when it follows; what comes later is told
 */
export async function tellEvents(
  client: RestClient,
  object: { readonly namespace: string; readonly kind: string; readonly name: string },
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/v1/namespaces/${object.namespace}/events`;
  const fieldSelector = `involvedObject.kind=${object.kind},involvedObject.name=${object.name}`;
  const { metadata } = await client.get<EventList>(path, { fieldSelector });
  void (async () => {
    let { resourceVersion } = metadata;
    while (!signal.aborted) {
      // The server ends a watch from time to time; the next one goes on where it was.
      for await (const { type, object: event } of client.watch<KubernetesEvent>(
        path,
        { fieldSelector, resourceVersion },
        signal,
      )) {
        if (type !== "ADDED" && type !== "MODIFIED") continue;
        ({ resourceVersion } = event.metadata);
        tell(event.message);
      }
    }
  })().catch((error: unknown) => {
    if (!signal.aborted) tell(`(its events cannot be followed any more: ${String(error)})`);
  });
}

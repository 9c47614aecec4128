import { setTimeout as delay } from "node:timers/promises";

import type { RestClient } from "./rest-client.ts";

interface Definition {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

export interface EstablishedOptions {
  /** Default: 180, for a machine that does much else; on a quiet one it takes a second or two. */
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal;
}

/** Waits until the API server serves the named CustomResourceDefinitions (condition Established). */
export async function waitForDefinitions(
  client: RestClient,
  names: readonly string[],
  options: EstablishedOptions = {},
): Promise<void> {
  const seconds = options.timeoutSeconds ?? 180;
  const end = Date.now() + seconds * 1000;
  for (const name of names) {
    for (;;) {
      const crd = await client.get<Definition>(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
      if (crd.status?.conditions?.some((c) => c.type === "Established" && c.status === "True")) break;
      if (Date.now() > end) throw new Error(`CRD "${name}" is not established after ${seconds} s`);
      await delay(100, undefined, options.signal ? { signal: options.signal } : {});
    }
  }
}

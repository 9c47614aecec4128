import { FlagSets } from "../flags/index.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

import { mirror } from "./cluster/mirror.ts";
import type { ConfigMap } from "./cluster/objects.ts";

/** What marks a ConfigMap as one of flag definitions, and where in it they are (apps/components/feature-flags). */
const label = "gitops.platform/feature-flags=true";
const dataKey = "flags.json";

/** The flags of all namespaces, kept up to date with their ConfigMaps. Problems go to the log. */
export function mirrorFlags(
  client: RestClient,
  signal: AbortSignal,
): { readonly sets: FlagSets; readonly ready: Promise<void> } {
  const sets = new FlagSets();
  const maps = mirror<ConfigMap>(client, "/api/v1/configmaps", {
    labelSelector: label,
    signal,
    onChange: (keys) => {
      for (const key of keys) {
        const [namespace = "", name = ""] = key.split("/");
        const definitions = maps.objects.get(key)?.data?.[dataKey];
        if (definitions === undefined) {
          sets.remove(namespace, name);
          continue;
        }
        const problem = sets.set(namespace, name, definitions);
        if (problem !== undefined)
          console.error(`ConfigMap ${problem.source} in ${problem.namespace}, ${dataKey}: ${problem.message}`);
      }
    },
  });
  return { sets, ready: maps.ready };
}

import type { Layout } from "../layout.ts";
import { stopProcess } from "../processes/index.ts";

import { processNames, startOrder } from "./names.ts";

/** Stops Argo CD and leaves no process of it. Its data stays, most of it in the cluster. Idempotent. */
export async function stopArgocd(layout: Layout): Promise<void> {
  const [first, second, ...rest] = startOrder.map((component) => processNames[component]);
  await Promise.all(rest.map((name) => stopProcess(layout, name)));
  // Last, or the complaints of the others about them would be the last words in their logs.
  for (const name of [second, first]) if (name) await stopProcess(layout, name);
}

import type { Layout } from "../layout.ts";
import { stopProcess } from "../processes/index.ts";

import { processNames } from "./names.ts";

/** Stops KEDA: the adapter first, whose last words would otherwise be about the operator. Idempotent. */
export async function stopKeda(layout: Layout): Promise<void> {
  for (const name of [processNames.adapter, processNames.operator]) await stopProcess(layout, name);
}

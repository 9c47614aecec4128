import type { Layout } from "../layout.ts";
import { stopProcess } from "../processes/index.ts";

import { processNames } from "./names.ts";

/** Stops Flagger and its load tester, with the load that it may be making. Idempotent. */
export async function stopFlagger(layout: Layout): Promise<void> {
  await Promise.all(Object.values(processNames).map((name) => stopProcess(layout, name)));
}

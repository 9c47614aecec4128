import type { Layout } from "../layout.ts";
import { stopProcess } from "../processes/index.ts";

import { processNames } from "./names.ts";

/** Stops Flux and the server that it reads Git from. Idempotent. */
export async function stopFlux(layout: Layout): Promise<void> {
  await Promise.all([processNames.kustomize, processNames.source].map((name) => stopProcess(layout, name)));
  await stopProcess(layout, processNames.git);
}

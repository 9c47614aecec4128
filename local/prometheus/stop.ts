import type { Layout } from "../layout.ts";
import { stopProcess } from "../processes/index.ts";

import { prometheusProcess } from "./ports.ts";

/** Stops Prometheus; its data stays. Idempotent. */
export async function stopPrometheus(layout: Layout): Promise<void> {
  await stopProcess(layout, prometheusProcess);
}

import { restClient } from "../local/kubernetes/rest-client.ts";
import type { RestClient } from "../local/kubernetes/rest-client.ts";
import type { Layout } from "../local/layout.ts";
import { workloadsClient } from "../local/workloads/index.ts";
import type { WorkloadsClient } from "../local/workloads/index.ts";

import { Workbench } from "./git/workbench.ts";
import type { Narrator } from "./narrator.ts";

/** What every scene plays with: a running platform, and a clone of its repository. */
export interface Setting {
  readonly layout: Layout;
  readonly client: RestClient;
  readonly bench: Workbench;
  readonly workloads: WorkloadsClient;
  readonly tell: Narrator;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The environment that the demo plays in: it follows its branch at once, and nobody's work is in it. */
export const environment = { namespace: "dev", branch: "develop" } as const;

export async function openSetting(layout: Layout, tell: Narrator, signal: AbortSignal): Promise<Setting> {
  const bench = await Workbench.open(layout, environment.branch);
  return {
    layout,
    bench,
    tell,
    signal,
    client: restClient(layout.kubeconfig),
    workloads: await workloadsClient(layout),
  };
}

export async function closeSetting({ client, bench }: Setting): Promise<void> {
  client.close();
  await bench.close();
}

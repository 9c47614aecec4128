import { flaggerValues } from "../../infra/controllers/flagger-values.ts";
import { namespaces } from "../../infra/controllers/namespaces.ts";
import { stackProfile } from "../../infra/environments.ts";
import { processNames as argocdProcesses } from "../argocd/names.ts";
import type { ControlPlane } from "../control-plane/index.ts";
import { installFlagger, processNames as flaggerProcesses, startFlagger } from "../flagger/index.ts";
import { processNames as fluxProcesses } from "../flux/index.ts";
import { installKeda, processNames as kedaProcesses, startKeda } from "../keda/index.ts";
import type { Layout } from "../layout.ts";
import { together } from "../processes/index.ts";
import type { LocalProgram } from "../program.ts";
import { prometheusUrl, startPrometheus } from "../prometheus/index.ts";
import type { ControllerTarget } from "../prometheus/index.ts";
import { eventsUrl } from "../receiver/index.ts";
import { startWorkloads } from "../workloads/index.ts";

import type { PlatformTools } from "./platform-tools.ts";
import { installEngineKinds, startEngine } from "./start-engine.ts";
import type { StartedEngine } from "./start-engine.ts";

export interface ControllersArgs {
  readonly layout: Layout;
  readonly platform: PlatformTools;
  readonly controlPlane: ControlPlane;
  readonly program: LocalProgram;
  readonly signal: AbortSignal;
  /** Gets a line for each thing that is done. */
  readonly say: (line: string) => void;
}

/** Everything of the platform's own whose metrics Prometheus collects, by the names under which ports are chosen. */
const scraped: readonly ControllerTarget[] = [
  { namespace: namespaces.flagger, process: flaggerProcesses.flagger, use: "http" },
  { namespace: namespaces.flagger, process: flaggerProcesses.loadtester, use: "http" },
  { namespace: namespaces.keda, process: kedaProcesses.operator, use: "metrics" },
  { namespace: namespaces.keda, process: kedaProcesses.adapter, use: "metrics" },
];

const scrapedEngine: Readonly<Record<PlatformTools["gitops"], readonly ControllerTarget[]>> = {
  argocd: Object.entries(argocdProcesses)
    .filter(([component]) => component !== "redis")
    .map(([, process]) => ({ namespace: namespaces.argocd, process, use: "metrics" })),
  flux: [fluxProcesses.source, fluxProcesses.kustomize].map((process) => ({
    namespace: namespaces.flux,
    process,
    use: "metrics",
  })),
};

/**
 * The kinds of all controllers, before the first of them is there: Argo CD discovers kinds at its start and would not
 * know those that come later for a while.
 * @returns what was applied, for people
 */
export async function installKinds({ platform, controlPlane, signal }: ControllersArgs): Promise<string> {
  const { tools } = platform;
  const applied = await together(signal, [
    (cancel) => installFlagger(tools, controlPlane, cancel),
    (cancel) => installKeda(tools, controlPlane, cancel),
    (cancel) => installEngineKinds({ platform, controlPlane }, cancel),
  ]);
  return applied.some(Boolean) ? "applied" : "as they were";
}

/** Brings up the GitOps engine, Prometheus, Flagger, KEDA and the pods' programs at the same time: none waits for another. */
export async function startControllers(args: ControllersArgs): Promise<StartedEngine> {
  const { layout, platform, controlPlane, program, signal, say } = args;
  const { tools, gitops } = platform;
  const metricsServer = await prometheusUrl(layout);
  const onEvent = ({ subject, outcome }: { subject: string; outcome: string }): void => say(`${subject} ${outcome}`);
  const [engine] = await together(signal, [
    (cancel) => startEngine(args, cancel),
    async (cancel) => {
      const { outcome } = await startPrometheus(layout, tools, controlPlane, {
        controllers: [...scraped, ...scrapedEngine[gitops]],
        signal: cancel,
      });
      say(`prometheus ${outcome}`);
    },
    async (cancel) => {
      const values = flaggerValues(stackProfile(program.config.environments), metricsServer);
      // The receiver of events is Argo CD's: what it records are syncs of Argo CD.
      const settings = gitops === "argocd" ? { ...values, eventWebhook: await eventsUrl(layout) } : values;
      await startFlagger(layout, tools, controlPlane, { settings, signal: cancel, onEvent });
    },
    (cancel) => startKeda(layout, tools, controlPlane, { signal: cancel, onEvent }),
    (cancel) => startWorkloads(layout, tools, controlPlane, { signal: cancel, onEvent }),
  ]);
  return engine;
}

import { flaggerValues } from "../../infra/controllers/flagger-values.ts";
import { namespaces } from "../../infra/controllers/namespaces.ts";
import { stackProfile } from "../../infra/environments.ts";
import { registerRepository, startArgocd } from "../argocd/index.ts";
import type { Argocd } from "../argocd/index.ts";
import { processNames as argocdProcesses } from "../argocd/names.ts";
import { localArgocdSettings, localProjectRoles } from "../argocd-settings.ts";
import type { ControlPlane } from "../control-plane/index.ts";
import { installFlagger, processNames as flaggerProcesses, startFlagger } from "../flagger/index.ts";
import { installKeda, processNames as kedaProcesses, startKeda } from "../keda/index.ts";
import type { Layout } from "../layout.ts";
import { startPreviews } from "../previews/index.ts";
import { together } from "../processes/index.ts";
import type { LocalProgram } from "../program.ts";
import { prometheusUrl, startPrometheus } from "../prometheus/index.ts";
import type { ControllerTarget } from "../prometheus/index.ts";
import { eventsUrl, startReceiver } from "../receiver/index.ts";
import type { Tools } from "../tools/tools.ts";
import { startWorkloads } from "../workloads/index.ts";

import type { platformTools } from "./tool-list.ts";

export interface ControllersArgs {
  readonly layout: Layout;
  readonly tools: Tools<(typeof platformTools)[number]>;
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
  ...Object.entries(argocdProcesses)
    .filter(([component]) => component !== "redis")
    .map(([, process]) => ({ namespace: namespaces.argocd, process, use: "metrics" })),
];

/**
 * The kinds of all controllers, before the first of them is there: Argo CD discovers kinds at its start and would not
 * know those that come later for a while.
 * @returns what was applied, for people
 */
export async function installKinds({ tools, controlPlane, signal }: ControllersArgs): Promise<string> {
  const applied = await together(signal, [
    (cancel) => installFlagger(tools, controlPlane, cancel),
    (cancel) => installKeda(tools, controlPlane, cancel),
  ]);
  return applied.some(Boolean) ? "applied" : "as they were";
}

/** Brings up Argo CD with the receiver of its reports, Prometheus, Flagger, KEDA and the pods' programs at the same time: none waits for another. */
export async function startControllers(args: ControllersArgs): Promise<Argocd> {
  const { layout, tools, controlPlane, program, signal, say } = args;
  const metricsServer = await prometheusUrl(layout);
  const onEvent = ({ subject, outcome }: { subject: string; outcome: string }): void => say(`${subject} ${outcome}`);
  const [argocd] = await together(signal, [
    async (cancel) => {
      const started = await startArgocd(layout, tools, controlPlane, {
        settings: localArgocdSettings(program.config),
        projects: localProjectRoles(program),
        signal: cancel,
        onEvent,
      });
      await registerRepository(layout);
      // In Argo CD's namespace, which is there now.
      await startReceiver(layout, controlPlane, { signal: cancel, onEvent });
      if (program.config.previews.source === "branches") {
        await startPreviews(layout, controlPlane, { signal: cancel, onEvent });
      }
      return started;
    },
    async (cancel) => {
      const { outcome } = await startPrometheus(layout, tools, controlPlane, { controllers: scraped, signal: cancel });
      say(`prometheus ${outcome}`);
    },
    async (cancel) => {
      const values = flaggerValues(stackProfile(program.config.environments), metricsServer);
      const settings = { ...values, eventWebhook: await eventsUrl(layout) };
      await startFlagger(layout, tools, controlPlane, { settings, signal: cancel, onEvent });
    },
    (cancel) => startKeda(layout, tools, controlPlane, { signal: cancel, onEvent }),
    (cancel) => startWorkloads(layout, tools, controlPlane, { signal: cancel, onEvent }),
  ]);
  return argocd;
}

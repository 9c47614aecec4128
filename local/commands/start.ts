import { Listr } from "listr2";
import type { ListrTask } from "listr2";

import type { GitopsKind } from "../../infra/config/gitops.ts";
import type { ApplicationSummary } from "../argocd/index.ts";
import { plannedVersionChange, startControlPlane } from "../control-plane/index.ts";
import type { ControlPlane, VersionChange } from "../control-plane/index.ts";
import { applyProgram, writeStackFile } from "../engines/index.ts";
import type { EngineName } from "../engines/index.ts";
import { publish } from "../git/index.ts";
import { chooseGitops } from "../gitops/choose.ts";
import { projectDirectory } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { readLocalProgram } from "../program.ts";
import type { LocalProgram } from "../program.ts";
import { prometheusUrl } from "../prometheus/index.ts";
import { describeEvent } from "../tools/describe-event.ts";
import type { ToolEvent } from "../tools/events.ts";
import type { KubernetesTool } from "../tools/kubernetes-versions.ts";
import { kubernetesTools } from "../tools/kubernetes-versions.ts";
import { checkPrerequisites } from "../tools/prerequisites.ts";

import { waitForArrival } from "./arrival.ts";
import { installKinds, startControllers } from "./controllers.ts";
import { withPlatformLock } from "./platform-lock.ts";
import { ensurePlatformTools } from "./platform-tools.ts";
import type { PlatformTools } from "./platform-tools.ts";
import type { StartedEngine } from "./start-engine.ts";

export interface StartOptions {
  readonly engine: EngineName;
  readonly signal: AbortSignal;
  /** Which Kubernetes runs. Default: the newest, to which a platform of the minor before is upgraded. */
  readonly kubernetes?: KubernetesTool;
  /** What brings Git into the cluster. Default: what the platform was made with, `argocd` for a new one. */
  readonly gitops?: GitopsKind | undefined;
  /** `quiet` prints nothing, `plain` a line a change, `live` redraws. Default: `live` on a terminal, else `plain`. */
  readonly output?: "quiet" | "plain" | "live";
  /** Checkout whose HEAD is published. Default: this project. */
  readonly checkout?: string;
}

export interface StartedPlatform {
  /** The address of Argo CD's API; undefined where Flux delivers. */
  readonly argocdServer: string | undefined;
  /** The address of Prometheus' API. */
  readonly prometheus: string;
  /** Every application, on the commit its branch stands at. */
  readonly applications: readonly ApplicationSummary[];
  /** What a person should know, such as uncommitted changes that were not published. */
  readonly warnings: readonly string[];
}

/** What one step leaves for the next. */
interface Progress {
  program: LocalProgram;
  kubernetes: VersionChange;
  platform: PlatformTools;
  controlPlane: ControlPlane;
  gitops: GitopsKind;
  engine: StartedEngine;
  stackFile: string;
  warnings: readonly string[];
  applications: readonly ApplicationSummary[];
}

/**
 * Brings the whole platform up and waits until every application is where its environment says it should be.
 * Idempotent, and a repair: what runs is left alone, what died is started.
 * @throws the first error, which names the log to look into; what runs already goes on
 */
export async function start(layout: Layout, options: StartOptions): Promise<StartedPlatform> {
  const { signal, output } = options;
  return withPlatformLock(layout, async () => {
    const list = new Listr<Progress, "default" | "simple" | "silent">(steps(layout, options), {
      renderer: output === "quiet" ? "silent" : output === "plain" ? "simple" : "default",
      fallbackRenderer: "simple",
      rendererOptions: { collapseSubtasks: false },
      registerSignalListeners: false,
    });
    const { applications, engine, warnings } = await list.run();
    signal.throwIfAborted();
    return { applications, argocdServer: engine.server, prometheus: await prometheusUrl(layout), warnings };
  });
}

type Step = ListrTask<Progress>;

/** The order: nothing is started before everything that could refuse it has been asked. */
function steps(
  layout: Layout,
  { engine, signal, gitops, checkout = projectDirectory, kubernetes = kubernetesTools()[0] }: StartOptions,
): Step[] {
  return [
    step("Prerequisites", signal, async (progress) => {
      const found = await checkPrerequisites();
      progress.kubernetes = await plannedVersionChange(layout, kubernetes.version);
      progress.gitops = await chooseGitops(layout, gitops);
      progress.program = readLocalProgram(await writeStackFile(layout));
      return found.map(({ name, found: version }) => `${name} ${version}`).join(", ");
    }),
    step("Tools", signal, async (progress, say) => {
      const begin = performance.now();
      const onEvent = (event: ToolEvent) => say(describeEvent(event));
      const options = { logDirectory: layout.logs, signal, onEvent };
      progress.platform = await ensurePlatformTools(progress.gitops, kubernetes, options);
      return `${Object.keys(progress.platform.tools).length - 1} programs in ${seconds(begin)}`;
    }),
    step("Git", signal, async (progress) => {
      const { commit, branches, warnings } = await publish(layout, checkout);
      progress.warnings = warnings;
      return `${commit.slice(0, 8)} to ${branches.map(({ branch, outcome }) => `${branch} (${outcome})`).join(", ")}`;
    }),
    step("Control plane", signal, async (progress, say) => {
      const begin = performance.now();
      const onEvent = ({ subject, outcome }: { subject: string; outcome: string }) => say(`${subject} ${outcome}`);
      progress.controlPlane = await startControlPlane(layout, progress.platform.tools, { signal, onEvent });
      return `${progress.controlPlane.server}, ${describeChange(progress.kubernetes)} in ${seconds(begin)}`;
    }),
    step("Kinds", signal, (progress, say) => installKinds({ ...progress, layout, signal, say })),
    step("Controllers", signal, async (progress, say) => {
      const begin = performance.now();
      progress.engine = await startControllers({ ...progress, layout, signal, say });
      return `${progress.engine.title}, Prometheus, Flagger, KEDA in ${seconds(begin)}`;
    }),
    step("Pulumi program", signal, async (progress, say) => {
      const begin = performance.now();
      const stackFile = await writeStackFile(layout);
      const done = await applyProgram(engine, { layout, stackFile, onProgress: say, signal });
      return `${done} by ${engine} in ${seconds(begin)}`;
    }),
    step("Applications", signal, async (progress, say) => {
      const begin = performance.now();
      progress.applications = await waitForArrival(layout, progress.program, say, signal);
      return `${progress.applications.length} where they should be in ${seconds(begin)}`;
    }),
  ];
}

/** A task whose title ends with what came out of it. */
function step(
  title: string,
  signal: AbortSignal,
  run: (progress: Progress, say: (line: string) => void) => Promise<string>,
): Step {
  return {
    title,
    task: async (progress, task) => {
      signal.throwIfAborted();
      const result = await run(progress, (line) => {
        task.output = line;
      });
      task.title = `${title}: ${result}`;
    },
  };
}

function describeChange(change: VersionChange): string {
  return `Kubernetes ${change.kind === "upgrade" ? `${change.from} upgraded to ${change.to}` : change.to}`;
}

function seconds(begin: number): string {
  return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}

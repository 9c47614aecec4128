import { registerRepository, startArgocd } from "../argocd/index.ts";
import { localArgocdSettings, localProjectRoles } from "../argocd-settings.ts";
import { installFlux, startFlux } from "../flux/index.ts";
import { startPreviews } from "../previews/index.ts";
import { startReceiver } from "../receiver/index.ts";

import type { ControllersArgs } from "./controllers.ts";

/** What brings Git into the cluster, as it runs. */
export interface StartedEngine {
  /** For people. */
  readonly title: string;
  /** The address of its API; Flux has none. */
  readonly server?: string;
}

/** Brings up Argo CD with the receiver of its reports and the generator of previews, or Flux. */
export async function startEngine(args: ControllersArgs, signal: AbortSignal): Promise<StartedEngine> {
  const { layout, platform, controlPlane, program, say } = args;
  const onEvent = ({ subject, outcome }: { subject: string; outcome: string }): void => say(`${subject} ${outcome}`);
  if (platform.gitops === "flux") {
    await startFlux(layout, platform.tools, controlPlane, { signal, onEvent });
    return { title: "Flux" };
  }
  const { server } = await startArgocd(layout, platform.tools, controlPlane, {
    settings: localArgocdSettings(program.config),
    projects: localProjectRoles(program),
    signal,
    onEvent,
  });
  await registerRepository(layout);
  // In Argo CD's namespace, which is there now.
  await startReceiver(layout, controlPlane, { signal, onEvent });
  if (program.config.previews.source === "branches") {
    await startPreviews(layout, controlPlane, { signal, onEvent });
  }
  return { title: `Argo CD ${server}`, server };
}

/** The kinds of an engine that starts after others that look for kinds; Argo CD brings its own. */
export async function installEngineKinds(
  { platform, controlPlane }: Pick<ControllersArgs, "platform" | "controlPlane">,
  signal: AbortSignal,
): Promise<boolean> {
  return platform.gitops === "flux" ? installFlux(platform.tools, controlPlane, signal) : false;
}

import { choosePorts, tcpProbe } from "../../processes/index.ts";
import type { ProcessSpec } from "../../processes/index.ts";
import { processNames } from "../names.ts";

import { componentEnvironment, writeIdentity } from "./context.ts";
import type { ProcessContext } from "./context.ts";

const name = processNames.notifications;

/** notifications-controller: tells other systems how syncs end, as `argocd-notifications-cm` says. */
export async function notificationsController(context: ProcessContext): Promise<ProcessSpec> {
  const ports = await choosePorts(context.layout, name, ["metrics"]);
  const repoServer = context.configMaps["argocd-cmd-params-cm"]?.["repo.server"] ?? "";
  return {
    name,
    command: context.tools.argocd.path,
    // The one component that does not read its repo-server's address from the environment.
    args: ["--metrics-port", `${ports.metrics}`, "--argocd-repo-server", repoServer],
    env: await componentEnvironment(context, {
      workload: name,
      binaryName: "argocd-notifications",
      memoryLimitMebibytes: 140,
    }),
    files: [await writeIdentity(context, name)],
    ports,
    ready: tcpProbe(ports.metrics),
  };
}

import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";

import { componentArguments, componentKubeconfig, componentServer } from "./component.ts";
import { smallGoProgram } from "./go-runtime.ts";
import { schedulerIdentity } from "./identities.ts";
import type { Binary } from "./tools.ts";

const name = "kube-scheduler";

export async function scheduler(layout: Layout, binary: Binary, apiServerUrl: string): Promise<ProcessSpec> {
  const ports = await choosePorts(layout, name, ["secure"]);
  const kubeconfig = await componentKubeconfig(layout, name, schedulerIdentity, apiServerUrl);
  const { ca, server } = await componentServer(layout, name);
  return {
    name,
    command: binary.path,
    args: [
      ...componentArguments(kubeconfig, server, ports.secure),
      "--leader-elect=false",
      "--profiling=false",
      "--v=1",
    ],
    env: smallGoProgram(100),
    files: [kubeconfig, server.certificatePath, ca.certificatePath],
    ports,
    ready: httpProbe(`https://127.0.0.1:${ports.secure}/healthz`, { ca: ca.certificate }),
  };
}

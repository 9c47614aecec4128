import { join } from "node:path";

import { keepSecretFile } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";

import { componentKubeconfig } from "./component.ts";
import { smallGoProgram } from "./go-runtime.ts";
import { kwokIdentity } from "./identities.ts";
import { kwokStages } from "./kwok-stages.ts";
import { nodeName } from "./node.ts";
import type { ControlPlaneTools } from "./tools.ts";

/** The kubelet of this platform: it says that pods run, and starts nothing. */
export async function kwok(layout: Layout, tools: ControlPlaneTools, apiServerUrl: string): Promise<ProcessSpec> {
  const ports = await choosePorts(layout, "kwok", ["http"]);
  const kubeconfig = await componentKubeconfig(layout, "kwok", kwokIdentity, apiServerUrl);
  const stages = join(layout.controlPlane, "kwok.yaml");
  await keepSecretFile(stages, await kwokStages(tools.files.kwok));
  return {
    name: "kwok",
    command: tools.kwok.path,
    args: [
      `--config=${stages}`,
      `--kubeconfig=${kubeconfig}`,
      `--manage-single-node=${nodeName}`,
      "--node-ip=127.0.0.1",
      // Its default has room for 254 pods.
      "--cidr=10.244.0.1/16",
      // Without leases the node counts as lost after its first heartbeat is due.
      "--node-lease-duration-seconds=40",
      `--server-address=127.0.0.1:${ports.http}`,
    ],
    env: smallGoProgram(100),
    files: [stages, kubeconfig],
    ports,
    ready: httpProbe(`http://127.0.0.1:${ports.http}/healthz`),
  };
}

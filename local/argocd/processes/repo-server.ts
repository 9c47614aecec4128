import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { choosePorts, httpProbe } from "../../processes/index.ts";
import type { ProcessSpec } from "../../processes/index.ts";
import { processNames } from "../names.ts";

import { componentEnvironment } from "./context.ts";
import type { ProcessContext } from "./context.ts";

const name = processNames.repoServer;

/** repo-server: fetches Git and renders manifests. Its clones are a cache in a folder of its own. */
export async function repoServer(context: ProcessContext): Promise<ProcessSpec> {
  const ports = await choosePorts(context.layout, name, ["grpc", "metrics"]);
  const work = join(context.layout.argocd, "work", name);
  return {
    name,
    command: context.tools.argocd.path,
    args: [
      ...["--address", "127.0.0.1", "--port", `${ports.grpc}`],
      ...["--metrics-address", "127.0.0.1", "--metrics-port", `${ports.metrics}`],
    ],
    env: await componentEnvironment(context, {
      workload: name,
      binaryName: name,
      memoryLimitMebibytes: 160,
      extra: {
        // Short and of its own: a Unix socket's path has a hundred characters at the most.
        ARGOCD_ASK_PASS_SOCK: join(context.layout.run, "ask-pass.sock"),
        HELM_CACHE_HOME: join(work, "helm"),
        HELM_CONFIG_HOME: join(work, "helm"),
        HELM_DATA_HOME: join(work, "helm"),
      },
    }),
    ports,
    // One that was killed may have left a lock in a clone, which git would honour for ever.
    beforeStart: async () => {
      await rm(work, { recursive: true, force: true });
      await mkdir(work, { recursive: true, mode: 0o700 });
    },
    ready: httpProbe(`http://127.0.0.1:${ports.metrics}/healthz`),
  };
}

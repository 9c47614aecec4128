import { choosePorts, httpProbe } from "../../processes/index.ts";
import type { ProcessSpec } from "../../processes/index.ts";
import { argocdNamespace, processNames } from "../names.ts";

import { componentEnvironment, writeIdentity } from "./context.ts";
import type { ProcessContext } from "./context.ts";

const name = processNames.applicationSet;

/** applicationset-controller: makes Applications from generators, such as one for each open pull request. */
export async function applicationSetController(context: ProcessContext): Promise<ProcessSpec> {
  const ports = await choosePorts(context.layout, name, ["metrics", "probe", "webhook"]);
  return {
    name,
    command: context.tools.argocd.path,
    args: [
      ...["--metrics-addr", `127.0.0.1:${ports.metrics}`],
      ...["--probe-addr", `127.0.0.1:${ports.probe}`],
      ...["--webhook-addr", `127.0.0.1:${ports.webhook}`],
    ],
    env: await componentEnvironment(context, {
      workload: name,
      binaryName: name,
      memoryLimitMebibytes: 140,
      // A pod reads its namespace from the downward API.
      extra: { NAMESPACE: argocdNamespace },
    }),
    files: [await writeIdentity(context, name)],
    ports,
    // It registers no health check, so its probe port answers 404 to everything.
    ready: httpProbe(`http://127.0.0.1:${ports.metrics}/metrics`),
  };
}

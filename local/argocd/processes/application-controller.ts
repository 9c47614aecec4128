import { choosePorts, httpProbe } from "../../processes/index.ts";
import type { ProcessSpec } from "../../processes/index.ts";
import { processNames } from "../names.ts";

import { componentEnvironment, writeIdentity } from "./context.ts";
import type { ProcessContext } from "./context.ts";

const name = processNames.controller;

/** application-controller: compares, syncs, heals. It acts in the cluster as its own service account. */
export async function applicationController(context: ProcessContext): Promise<ProcessSpec> {
  const ports = await choosePorts(context.layout, name, ["metrics"]);
  return {
    name,
    command: context.tools.argocd.path,
    args: ["--metrics-port", `${ports.metrics}`],
    env: await componentEnvironment(context, {
      workload: name,
      binaryName: name,
      memoryLimitMebibytes: 500,
      // "https://kubernetes.default.svc" is the cluster of the kubeconfig in KUBECONFIG (v1alpha1/types.go).
      extra: { ARGOCD_FAKE_IN_CLUSTER: "true" },
    }),
    files: [await writeIdentity(context, name)],
    ports,
    ready: httpProbe(`http://127.0.0.1:${ports.metrics}/healthz`),
  };
}

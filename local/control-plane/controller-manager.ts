import { serviceAccountKeys } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";

import { componentArguments, componentKubeconfig, componentServer } from "./component.ts";
import { smallGoProgram } from "./go-runtime.ts";
import { controllerManagerIdentity } from "./identities.ts";
import type { Binary } from "./tools.ts";

const name = "kube-controller-manager";

/**
 * Controllers for what this platform has not: joining nodes, clouds, volumes, devices. Each left out saves its
 * caches. Names from cmd/kube-controller-manager/names/controller_names.go of k8s.io/kubernetes v1.36.3.
 */
const withoutControllers = [
  "bootstrap-signer-controller",
  "token-cleaner-controller",
  "certificatesigningrequest-signing-controller",
  "certificatesigningrequest-approving-controller",
  "certificatesigningrequest-cleaner-controller",
  "podcertificaterequest-cleaner-controller",
  "node-ipam-controller",
  "persistentvolume-attach-detach-controller",
  "persistentvolume-expander-controller",
  "persistentvolume-binder-controller",
  "ephemeral-volume-controller",
  "volumeattributesclass-protection-controller",
  "resourceclaim-controller",
  "device-taint-eviction-controller",
  "legacy-serviceaccount-token-cleaner-controller",
  "ttl-controller",
] as const;

export async function controllerManager(layout: Layout, binary: Binary, apiServerUrl: string): Promise<ProcessSpec> {
  const ports = await choosePorts(layout, name, ["secure"]);
  const kubeconfig = await componentKubeconfig(layout, name, controllerManagerIdentity, apiServerUrl);
  const [{ ca, server }, keys] = [await componentServer(layout, name), await serviceAccountKeys(layout)];
  return {
    name,
    command: binary.path,
    args: [
      ...componentArguments(kubeconfig, server, ports.secure),
      // One instance: nobody to elect, and after a crash no lease of the dead one to wait for.
      "--leader-elect=false",
      // Each controller acts as its own service account, with the rights of its default role.
      "--use-service-account-credentials=true",
      `--service-account-private-key-file=${keys.privatePath}`,
      `--root-ca-file=${ca.certificatePath}`,
      `--controllers=${["*", ...withoutControllers.map((controller) => `-${controller}`)].join(",")}`,
      // The node is KWOK's, its heartbeat stops with that process, and a machine sleeps or the platform is stopped
      // for a night. Within the default of 50 s every pod would be marked unready, within 5 min evicted.
      "--node-monitor-grace-period=24h",
      "--profiling=false",
      "--v=1",
    ],
    env: smallGoProgram(150),
    files: [kubeconfig, server.certificatePath, ca.certificatePath, keys.publicPath],
    ports,
    ready: httpProbe(`https://127.0.0.1:${ports.secure}/healthz`, { ca: ca.certificate }),
  };
}

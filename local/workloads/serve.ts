import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";

import { flagServer } from "../flags/index.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import type { Layout } from "../layout.ts";
import { targetsDirectory } from "../prometheus/index.ts";

import { apiServer } from "./api/server.ts";
import { mirror } from "./cluster/mirror.ts";
import type { HttpRoute, Pod, Service } from "./cluster/objects.ts";
import { mirrorFlags } from "./flag-source.ts";
import { deleteOldFolders, podFolderName, podsDirectory, workloadsDirectory } from "./folder.ts";
import { TargetFile, targetOf } from "./metrics/targets.ts";
import { RoundRobin, endpointsOf, serviceProxy } from "./network/index.ts";
import type { ServiceName, Upstream } from "./network/index.ts";
import { Pods } from "./pods/pods.ts";
import type { WorkloadPorts } from "./ports.ts";
import { Rates } from "./traffic/rates.ts";
import { Users } from "./traffic/users.ts";

export interface ServeOptions {
  readonly layout: Layout;
  readonly kubeconfig: string;
  /** Path of the program. */
  readonly podinfo: string;
  readonly ports: WorkloadPorts;
}

/** The name and port of flagd in every namespace (`ofrep-port` in flagd/cmd/start.go of open-feature/flagd). */
const flagService = { name: "flagd", port: 8016 } as const;

/** Runs the pods' programs, their network, users and flags, until a signal ends this process. */
export async function serve({ layout, kubeconfig, podinfo, ports }: ServeOptions): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const client = restClient(kubeconfig);
  await mkdir(workloadsDirectory(layout), { recursive: true, mode: 0o700 });
  const rates = await Rates.read(join(workloadsDirectory(layout), "rates.json"));

  const services = mirror<Service>(client, "/api/v1/services", { signal });
  const routes = mirror<HttpRoute>(client, "/apis/gateway.networking.k8s.io/v1/httproutes", { signal, optional: true });
  const flags = mirrorFlags(client, signal);
  const podMirror = mirror<Pod>(client, "/api/v1/pods", { signal, onChange: (keys) => pods.reconcile(keys) });

  const targets = new TargetFile(targetsDirectory(layout));
  const pods: Pods = new Pods({
    client,
    pods: podMirror.objects,
    binary: podinfo,
    directory: podsDirectory(layout),
    environment: (namespace) => ({
      HTTP_PROXY: `http://${namespace}@127.0.0.1:${ports.proxy}`,
      NO_PROXY: "127.0.0.1,localhost",
    }),
    onChange: () => {
      const all = pods.all().flatMap(({ pod, port, report }) => {
        const target = port === undefined || report.pid === undefined ? undefined : targetOf(pod, port);
        return target === undefined ? [] : [target];
      });
      void targets.write(all).catch(() => undefined);
    },
    signal,
  });
  const network = { services: services.objects, processes: () => pods.all() };
  const users = new Users({ ...network, routes: routes.objects }, rates);

  const turns = new RoundRobin();
  const resolve = (name: ServiceName): Upstream => {
    if (name.name === flagService.name && name.port === flagService.port)
      return { port: ports.flags, host: `${name.name}.${name.namespace}:${name.port}` };
    return turns.next(`${name.namespace}/${name.name}:${name.port}`, endpointsOf(network, name));
  };
  let ready = false;
  const api = apiServer({ ...network, traffic: () => users.traffic(), rates, ready: () => ready });
  const proxy = serviceProxy(resolve);

  // Before anything is started: whoever ends this process by a signal, or by an error, ends the programs too.
  process.on("exit", () => pods.killAll());
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => process.exit(0));

  await Promise.all([listen(proxy, ports.proxy), listen(api, ports.api), listen(flagServer(flags.sets), ports.flags)]);
  await Promise.all([services.ready, routes.ready, flags.ready, podMirror.ready]);
  const inUse = [...podMirror.objects.values()].map(({ metadata }) => podFolderName(metadata.namespace, metadata.name));
  await deleteOldFolders(podsDirectory(layout), new Set(inUse));
  users.start();
  ready = true;
  console.log(`serves ${pods.all().length} pods`);
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen({ port, host: "127.0.0.1" });
  await once(server, "listening");
}

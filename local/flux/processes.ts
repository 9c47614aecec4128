import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { reconcilerName } from "../../infra/delivery/flux/names.ts";
import { serviceAccountIdentity, writeKubeconfig } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe, sourceFiles } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";

import { fluxNamespace, processNames } from "./names.ts";
import type { FluxTools } from "./tools.ts";

const loopback = (port: number): string => `127.0.0.1:${port}`;

const directory = (layout: Layout): string => join(layout.directory, "flux");

/** Fetches what Git has and keeps it as artifacts. Flags: docs/README.md of source-controller 1.9.6. */
export async function sourceController(layout: Layout, tools: FluxTools, server: string): Promise<ProcessSpec> {
  const name = processNames.source;
  const ports = await choosePorts(layout, name, ["storage", "metrics", "health"]);
  const storage = join(directory(layout), "artifacts");
  await mkdir(storage, { recursive: true, mode: 0o700 });
  return {
    name,
    command: tools[name].path,
    args: [
      ...shared(ports),
      "--concurrent=4",
      `--storage-path=${storage}`,
      `--storage-addr=${loopback(ports.storage)}`,
      `--storage-adv-addr=${loopback(ports.storage)}`,
    ],
    ...(await identity(layout, name, server)),
    ports,
    ready: httpProbe(`http://${loopback(ports.health)}/readyz`),
  };
}

/** Applies the artifacts, as the environments' accounts. Flags: docs/README.md of kustomize-controller 1.9.5. */
export async function kustomizeController(layout: Layout, tools: FluxTools, server: string): Promise<ProcessSpec> {
  const name = processNames.kustomize;
  const ports = await choosePorts(layout, name, ["metrics", "health"]);
  return {
    name,
    command: tools[name].path,
    args: [
      ...shared(ports),
      // The tenancy that the platform promises: docs/flux.md.
      "--no-cross-namespace-refs=true",
      "--no-remote-bases=true",
      `--default-service-account=${reconcilerName}`,
      // Who waits for the health of a release holds a worker: four of them would keep every other application waiting.
      "--concurrent=16",
      // Not to wait out the health of a release that a newer commit has overtaken; and no watch of Secrets.
      "--feature-gates=CancelHealthCheckOnNewRevision=true,DisableConfigWatchers=true",
    ],
    ...(await identity(layout, name, server)),
    ports,
    ready: httpProbe(`http://${loopback(ports.health)}/readyz`),
  };
}

function shared(ports: { readonly metrics: number; readonly health: number }): readonly string[] {
  return [
    `--metrics-addr=${loopback(ports.metrics)}`,
    `--health-addr=${loopback(ports.health)}`,
    // No notification-controller here: its module is in no registry.
    "--events-addr=",
    "--watch-all-namespaces=true",
    "--enable-leader-election=false",
    "--log-level=info",
    "--log-encoding=console",
  ];
}

/** The controller's own account, by certificate. */
async function identity(layout: Layout, account: string, server: string): Promise<Pick<ProcessSpec, "env" | "files">> {
  await mkdir(directory(layout), { recursive: true, mode: 0o700 });
  const kubeconfig = join(directory(layout), `${account}.kubeconfig`);
  const who = serviceAccountIdentity(fluxNamespace, account);
  await writeKubeconfig(layout, { ...who, path: kubeconfig, server, namespace: fluxNamespace });
  return {
    env: { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: fluxNamespace, GOMEMLIMIT: "150MiB" },
    files: [kubeconfig],
  };
}

/** The port of the Git server: chosen once a platform, because it stands in the stack's configuration. */
async function gitPorts(layout: Layout): Promise<{ readonly http: number }> {
  return choosePorts(layout, processNames.git, ["http"]);
}

/** The address of the platform's repository for Flux, whether the server runs already or not. */
export async function gitHttpUrl(layout: Layout): Promise<string> {
  return `http://${loopback((await gitPorts(layout)).http)}/platform.git`;
}

/** The platform's repository over HTTP, to be read. */
export async function gitServer(layout: Layout): Promise<ProcessSpec> {
  const ports = await gitPorts(layout);
  return {
    name: processNames.git,
    command: process.execPath,
    args: [
      "--max-old-space-size=64",
      "--import",
      import.meta.resolve("tsx"),
      fileURLToPath(new URL("git-http/main.ts", import.meta.url)),
      `--repository=${layout.gitRepository}`,
      `--port=${ports.http}`,
    ],
    files: await sourceFiles([new URL("git-http/", import.meta.url)]),
    ports,
    ready: httpProbe(`http://${loopback(ports.http)}/health`),
  };
}

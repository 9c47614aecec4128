import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { writeKubeconfig } from "../certificates/index.ts";
import { applyObjects } from "../kubernetes/apply.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import { prepareLayout, projectDirectory } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { ensureProcess, httpProbe, sourceFiles, stopProcess } from "../processes/index.ts";
import type { EnsuredProcess, ProcessSpec } from "../processes/index.ts";

import { workloadsAccess, workloadsIdentity } from "./access.ts";
import { workloadPorts, workloadsProcess } from "./ports.ts";

/** What the pods run: a part of what `ensureTools` gives. */
export interface WorkloadsTools {
  readonly podinfo: { readonly path: string };
}

export interface WorkloadsOptions {
  /** Gives up when it aborts; what runs already goes on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: WorkloadsEvent) => void;
}

export interface WorkloadsEvent {
  /** The name of the process. */
  readonly subject: string;
  readonly outcome: EnsuredProcess["outcome"];
  /** Since the call of `startWorkloads`. */
  readonly seconds: number;
}

/** The process that runs pods, and where it serves. */
export interface Workloads {
  /** The service network; see `serviceProxyUrl` for what programs need. */
  readonly proxy: string;
  readonly api: string;
  readonly flags: string;
}

/**
 * Starts the process that gives the sample applications' pods real programs, names, traffic and flags. Idempotent. One
 * that died is started anew, and what it left running is ended first: all of it is in its process group.
 *
 * @throws ProcessError which names its log
 */
export async function startWorkloads(
  layout: Layout,
  tools: WorkloadsTools,
  controlPlane: { readonly server: string; readonly kubeconfig: string },
  options: WorkloadsOptions = {},
): Promise<Workloads> {
  const begin = performance.now();
  await prepareLayout(layout);
  const client = restClient(controlPlane.kubeconfig);
  try {
    const { signal } = options;
    await applyObjects(client, workloadsAccess, { fieldManager: "gitops-local", ...(signal ? { signal } : {}) });
  } finally {
    client.close();
  }
  const spec = await workloadsSpec(layout, tools, controlPlane.server);
  const { outcome } = await ensureProcess(layout, spec, options.signal);
  options.onEvent?.({ subject: spec.name, outcome, seconds: (performance.now() - begin) / 1000 });
  const url = (port: number): string => `http://127.0.0.1:${port}`;
  const { proxy, api, flags } = await workloadPorts(layout);
  return { proxy: url(proxy), api: url(api), flags: url(flags) };
}

/** Ends the process and every program that it started. Idempotent. */
export async function stopWorkloads(layout: Layout): Promise<void> {
  await stopProcess(layout, workloadsProcess);
}

async function workloadsSpec(layout: Layout, tools: WorkloadsTools, server: string): Promise<ProcessSpec> {
  const ports = await workloadPorts(layout);
  const kubeconfig = join(layout.controlPlane, "workloads.kubeconfig");
  await writeKubeconfig(layout, { ...workloadsIdentity, path: kubeconfig, server });
  return {
    name: workloadsProcess,
    command: process.execPath,
    args: [
      ...["--import", "tsx", fileURLToPath(new URL("main.ts", import.meta.url))],
      `--directory=${layout.directory}`,
      `--kubeconfig=${kubeconfig}`,
      `--podinfo=${tools.podinfo.path}`,
      `--proxy-port=${ports.proxy}`,
      `--api-port=${ports.api}`,
      `--flags-port=${ports.flags}`,
    ],
    // Where `--import tsx` is looked for.
    cwd: projectDirectory,
    files: [kubeconfig, ...(await sourceFiles(folders))],
    ports: { ...ports },
    ready: httpProbe(`http://127.0.0.1:${ports.api}/healthz`),
  };
}

/** What the program is made of. */
const folders = [".", "../flags/", "../kubernetes/"].map((folder) => new URL(folder, import.meta.url));

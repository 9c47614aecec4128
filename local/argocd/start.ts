import { restClient } from "../kubernetes/rest-client.ts";
import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, ensureProcess } from "../processes/index.ts";
import type { EnsuredProcess } from "../processes/index.ts";
import { receiverUrl } from "../receiver/address.ts";

import { defaultAccounts } from "./accounts.ts";
import type { LocalAccount } from "./accounts.ts";
import { applyConfiguration, redisPassword } from "./applied-configuration.ts";
import { logIn, writeCommands } from "./cli.ts";
import type { ArgocdSettings } from "./configuration.ts";
import { install } from "./install.ts";
import { readManifests } from "./manifests.ts";
import { processNames } from "./names.ts";
import type { Component } from "./names.ts";
import type { ProcessContext } from "./processes/context.ts";
import { processSpecs } from "./processes/index.ts";
import { serverPorts } from "./processes/server.ts";
import { readProjectRoles } from "./projects.ts";
import type { ProjectRoles } from "./rbac.ts";
import type { ArgocdTools } from "./tools.ts";

/** Something that a person who waits wants to see. */
export interface ArgocdEvent {
  /** The name of a process, `manifests` or `accounts`. */
  readonly subject: string;
  readonly outcome: EnsuredProcess["outcome"] | "applied" | "ready";
  /** Since the call of `startArgocd`. */
  readonly seconds: number;
}

export interface ArgocdOptions {
  readonly settings: ArgocdSettings;
  /** Default: viewer, deployer and administrator, in the groups gitops-viewer, gitops-deployer and gitops-admin. */
  readonly accounts?: readonly LocalAccount[];
  /**
   * The roles of AppProjects that accounts hold by their groups. Default: those of the AppProjects that are there,
   * which before the first apply of a program are none.
   */
  readonly projects?: readonly ProjectRoles[];
  /** Gives up when it aborts; what runs already goes on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ArgocdEvent) => void;
}

/** An Argo CD that serves. */
export interface Argocd {
  /** The API server, `https://127.0.0.1:<port>`, with a certificate of the platform's authority. */
  readonly server: string;
  readonly accounts: readonly LocalAccount[];
}

/**
 * Brings Argo CD up on a running control plane: its CRDs and rights, its configuration, its processes, and the CLI
 * logged in. Idempotent: what runs as it should is left alone, what died is started, a changed setting restarts
 * exactly the processes that read it from their environment.
 *
 * @throws ProcessError which names the log of the process that did not come up
 */
export async function startArgocd(
  layout: Layout,
  tools: ArgocdTools,
  controlPlane: { readonly server: string; readonly kubeconfig: string },
  options: ArgocdOptions,
): Promise<Argocd> {
  const { signal, settings } = options;
  const accounts = options.accounts ?? defaultAccounts;
  const begin = performance.now();
  const report = (subject: string, outcome: ArgocdEvent["outcome"]): void =>
    options.onEvent?.({ subject, outcome, seconds: (performance.now() - begin) / 1000 });

  await prepareLayout(layout);
  await writeCommands(layout, tools);
  const manifests = await readManifests(tools.files.argocd);
  const [redisPorts, repoPorts, ports] = [
    await choosePorts(layout, processNames.redis, ["redis"]),
    await choosePorts(layout, processNames.repoServer, ["grpc", "metrics"]),
    await serverPorts(layout),
  ];
  const server = `https://127.0.0.1:${ports.api}`;
  const client = restClient(controlPlane.kubeconfig);
  try {
    const applied = await install(client, manifests, signal);
    const projects = options.projects ?? (await readProjectRoles(client));
    const addresses = { redis: `127.0.0.1:${redisPorts.redis}`, repoServer: `127.0.0.1:${repoPorts.grpc}` };
    const args = {
      upstream: manifests.configuration,
      settings,
      accounts,
      projects,
      serverUrl: server,
      addresses,
      reportsTo: await receiverUrl(layout),
    };
    const configMaps = await applyConfiguration(client, layout, args, signal);
    report("manifests", applied ? "applied" : "kept");

    const context: ProcessContext = {
      layout,
      tools,
      workloads: manifests.workloads,
      configMaps,
      redisPassword: await redisPassword(layout),
      kubernetes: controlPlane.server,
    };
    const start = async (component: Component): Promise<void> => {
      const { outcome } = await ensureProcess(layout, await processSpecs[component](context), signal);
      report(processNames[component], outcome);
    };
    // These two are asked by all others. The rest goes up together: each waits for the API, not for the next.
    await Promise.all([start("redis"), start("repoServer")]);
    await Promise.all([start("controller"), start("server"), start("notifications"), start("applicationSet")]);
    await logIn(layout, server, accounts, signal);
    report("accounts", "ready");
    return { server, accounts };
  } finally {
    client.close();
  }
}

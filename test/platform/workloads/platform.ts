import { readFile, mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";

import { startControlPlane, stopControlPlane } from "../../../local/control-plane/index.ts";
import type { ControlPlane } from "../../../local/control-plane/index.ts";
import { applyObjects } from "../../../local/kubernetes/apply.ts";
import { waitForDefinitions } from "../../../local/kubernetes/established.ts";
import { restClient } from "../../../local/kubernetes/rest-client.ts";
import type { KubernetesObject, RestClient } from "../../../local/kubernetes/rest-client.ts";
import { layout as layoutOf } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { listProcesses } from "../../../local/processes/index.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";
import type { Tools } from "../../../local/tools/tools.ts";
import { startWorkloads, stopWorkloads, workloadsClient, workloadsProcess } from "../../../local/workloads/index.ts";
import type { ApplicationTraffic, PodInfo, Workloads, WorkloadsClient } from "../../../local/workloads/index.ts";
import { eventually } from "../support/eventually.ts";

const folders = ["etcd", "kubernetes", "kwok", "podinfo", "gateway-api"] as const;

/** A control plane and the process that runs pods, without any other controller. */
export class WorkloadsPlatform {
  private constructor(
    readonly layout: Layout,
    readonly client: RestClient,
    readonly workloads: WorkloadsClient,
    private readonly tools: Tools<(typeof folders)[number]>,
    private readonly controlPlane: ControlPlane,
    readonly addresses: Workloads,
  ) {}

  static async start(): Promise<WorkloadsPlatform> {
    const paths = layoutOf(await mkdtemp(join(tmpdir(), "gitops-workloads-")));
    const tools = await ensureTools({ names: folders, logDirectory: paths.logs, onEvent: () => undefined });
    const controlPlane = await startControlPlane(paths, tools);
    const addresses = await startWorkloads(paths, tools, controlPlane);
    const client = restClient(controlPlane.kubeconfig);
    return new WorkloadsPlatform(paths, client, await workloadsClient(paths), tools, controlPlane, addresses);
  }

  /** Starts it again, as `npm start` does. */
  async repair(): Promise<void> {
    await startWorkloads(this.layout, this.tools, this.controlPlane);
  }

  async remove(): Promise<void> {
    this.client.close();
    await stopWorkloads(this.layout);
    await stopControlPlane(this.layout);
    await rm(this.layout.directory, { recursive: true, force: true });
  }

  async apply(...objects: readonly KubernetesObject[]): Promise<void> {
    await applyObjects(this.client, objects, { fieldManager: "test" });
  }

  /** The kind HTTPRoute, as the Gateway API gives it. */
  async installRoutes(): Promise<void> {
    const file = join(this.tools.files["gateway-api"], "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml");
    const documents = parseAllDocuments(await readFile(file, "utf8")).map(
      (one) => one.toJS() as KubernetesObject | null,
    );
    await this.apply(...documents.filter((one) => one !== null));
    await waitForDefinitions(this.client, ["httproutes.gateway.networking.k8s.io"]);
  }

  /** The process id of the process that runs the pods. */
  async pid(): Promise<number> {
    const found = (await listProcesses(this.layout)).find(({ name, alive }) => name === workloadsProcess && alive);
    if (found === undefined) throw new Error("it does not run");
    return found.pid;
  }

  /** Waits until what is said of an application's pods holds; pods that are ending are left out. */
  pods(application: string, holds: (pods: readonly PodInfo[]) => boolean): Promise<readonly PodInfo[]> {
    return eventually(async () => {
      const all = await this.workloads.pods();
      const pods = all.filter((one) => one.application === application && !one.terminating);
      if (!holds(pods)) throw new Error(`pods of ${application}: ${JSON.stringify(pods)}`);
      return pods;
    });
  }

  /** Waits until what is said of an application's users holds. */
  users(application: string, holds: (traffic: ApplicationTraffic) => boolean): Promise<ApplicationTraffic> {
    return eventually(async () => {
      const all = (await this.workloads.traffic()).applications;
      const found = all.find((one) => one.application === application);
      if (found === undefined || !holds(found)) throw new Error(`users of ${application}: ${JSON.stringify(found)}`);
      return found;
    });
  }

  /** Asks through the service network as a program of that namespace. */
  ask(namespace: string, url: string, body?: string): Promise<{ status: number; body: string }> {
    const proxy = new URL(this.addresses.proxy);
    const authorization = `Basic ${Buffer.from(`${namespace}:`).toString("base64")}`;
    const headers = { "proxy-authorization": authorization, "host": new URL(url).host };
    return new Promise((resolve, reject) => {
      const method = body === undefined ? "GET" : "POST";
      const sent = request({ host: proxy.hostname, port: proxy.port, path: url, method, headers, agent: false });
      sent.on("error", reject);
      sent.on("response", (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      sent.end(body);
    });
  }
}

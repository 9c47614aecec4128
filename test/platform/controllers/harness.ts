import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { flaggerValues } from "../../../infra/controllers/flagger-values.ts";
import { stackProfile } from "../../../infra/environments.ts";
import { startControlPlane, stopControlPlane } from "../../../local/control-plane/index.ts";
import { processNames as flaggerProcesses, startFlagger, stopFlagger } from "../../../local/flagger/index.ts";
import { startKeda, stopKeda } from "../../../local/keda/index.ts";
import { applyObjects } from "../../../local/kubernetes/apply.ts";
import { restClient } from "../../../local/kubernetes/rest-client.ts";
import type { KubernetesObject } from "../../../local/kubernetes/rest-client.ts";
import { layout as layoutOf } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { listProcesses, together } from "../../../local/processes/index.ts";
import type { ProcessStatus } from "../../../local/processes/index.ts";
import { prometheusUrl, startPrometheus, stopPrometheus } from "../../../local/prometheus/index.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";
import { startWorkloads, stopWorkloads } from "../../../local/workloads/index.ts";

/** The controllers without Argo CD, on a control plane of their own in a temporary folder. */
export class ControllersPlatform {
  private constructor(readonly layout: Layout) {}

  static async create(): Promise<ControllersPlatform> {
    return new ControllersPlatform(layoutOf(await mkdtemp(join(tmpdir(), "gitops-controllers-"))));
  }

  /** Starts them, or repairs them, as `npm start` does. */
  async start(): Promise<void> {
    const paths = this.layout;
    const tools = await ensureTools({ logDirectory: join(paths.directory, "build"), onEvent: () => undefined });
    const controlPlane = await startControlPlane(paths, tools);
    const settings = flaggerValues(stackProfile(["dev"]), await prometheusUrl(paths));
    const controllers = [{ namespace: "flagger-system", process: flaggerProcesses.flagger, use: "http" }];
    await together(undefined, [
      () => startPrometheus(paths, tools, controlPlane, { controllers }),
      () => startFlagger(paths, tools, controlPlane, { settings }),
      () => startKeda(paths, tools, controlPlane),
      () => startWorkloads(paths, tools, controlPlane),
    ]);
  }

  /** Ends everything but the control plane. */
  async stopControllers(): Promise<void> {
    await Promise.all([stopFlagger(this.layout), stopKeda(this.layout), stopPrometheus(this.layout)]);
    await stopWorkloads(this.layout);
  }

  /** For afterAll, whatever the tests did. */
  async remove(): Promise<void> {
    await this.stopControllers();
    await stopControlPlane(this.layout);
    await rm(this.layout.directory, { recursive: true, force: true });
  }

  async processes(): Promise<readonly ProcessStatus[]> {
    return listProcesses(this.layout);
  }

  async apply(...objects: readonly KubernetesObject[]): Promise<void> {
    const client = restClient(this.layout.kubeconfig);
    try {
      await applyObjects(client, objects, { fieldManager: "test" });
    } finally {
      client.close();
    }
  }

  /** The object at that path. @throws ApiError when there is none */
  async get<T>(path: string): Promise<T> {
    const client = restClient(this.layout.kubeconfig);
    try {
      return await client.get<T>(path);
    } finally {
      client.close();
    }
  }

  /** What kubectl prints, as the administrator. Never throws: `auth can-i` says "no" with an exit code. */
  async kubectl(...args: readonly string[]): Promise<string> {
    const { kubectl } = await ensureTools({
      names: ["kubernetes"],
      logDirectory: join(this.layout.directory, "build"),
      onEvent: () => undefined,
    });
    const { stdout } = await execa(kubectl.path, ["--kubeconfig", this.layout.kubeconfig, ...args], { reject: false });
    return stdout;
  }
}

/** A Deployment with one pod that never serves anything. */
export function deployment(name: string): KubernetesObject {
  const labels = { app: name };
  const container = { name: "pause", image: "example.test/pause:1", ports: [{ name: "http", containerPort: 9898 }] };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default" },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AppsV1Api } from "@kubernetes/client-node";
import type { V1Deployment } from "@kubernetes/client-node";
import pRetry from "p-retry";

import { administratorConfig, startControlPlane, stopControlPlane } from "../../../local/control-plane/index.ts";
import type { ControlPlane } from "../../../local/control-plane/index.ts";
import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { listProcesses } from "../../../local/processes/index.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";

/** How long a cold build of the tools and a start may take, in milliseconds. */
export const startTimeout = 20 * 60_000;

/** A control plane of its own for a test file. `stop` is for afterAll, whatever the tests did. */
export class TestPlatform {
  readonly layout: Layout;
  private constructor(paths: Layout) {
    this.layout = paths;
  }

  static async create(): Promise<TestPlatform> {
    return new TestPlatform(layout(await mkdtemp(join(tmpdir(), "gitops-platform-"))));
  }

  /** Starts it, or repairs it. */
  async start(): Promise<ControlPlane> {
    const tools = await ensureTools({
      names: ["etcd", "kubernetes", "kwok"],
      logDirectory: this.layout.logs,
      onEvent: () => undefined,
    });
    return startControlPlane(this.layout, tools);
  }

  async remove(): Promise<void> {
    await stopControlPlane(this.layout);
    await rm(this.layout.directory, { recursive: true, force: true });
  }

  get apps(): AppsV1Api {
    return administratorConfig(this.layout).makeApiClient(AppsV1Api);
  }

  async pid(name: string): Promise<number> {
    const found = (await listProcesses(this.layout)).find((one) => one.name === name && one.alive);
    if (found === undefined) throw new Error(`${name} does not run`);
    return found.pid;
  }

  /** Kills a process of this platform and waits until it is gone. */
  async kill(name: string): Promise<void> {
    process.kill(await this.pid(name), "SIGKILL");
    await eventually(async () => {
      if ((await listProcesses(this.layout)).some((one) => one.name === name && one.alive)) throw new Error("alive");
    });
  }

  /** Waits until every replica of the Deployment is of its newest template and available. */
  async rolledOut(name: string, namespace = "default"): Promise<V1Deployment> {
    return eventually(async () => {
      const found = await this.apps.readNamespacedDeployment({ name, namespace });
      const { status, spec, metadata } = found;
      const wanted = [metadata?.generation, spec?.replicas, spec?.replicas, spec?.replicas];
      const reached = [
        status?.observedGeneration,
        status?.updatedReplicas,
        status?.availableReplicas,
        status?.replicas,
      ];
      if (wanted.some((value, index) => value !== reached[index])) {
        throw new Error(`deployment ${name}: wanted ${wanted.join("/")}, found ${reached.join("/")}`);
      }
      return found;
    });
  }
}

/** Tries until it does not throw; the last error after a minute. */
export function eventually<T>(check: () => Promise<T>): Promise<T> {
  return pRetry(check, { retries: Infinity, minTimeout: 100, factor: 1, maxRetryTime: 60_000 });
}

export function deployment(name: string, image: string): V1Deployment {
  const labels = { app: name };
  return {
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, image }] } },
    },
  };
}

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { foreignListeners } from "../argocd/listeners.ts";
import { eventually, startTimeout } from "../control-plane/platform.ts";

import { ControllersPlatform, deployment } from "./harness.ts";

/** The processes of this part of the platform. */
const controllers = [
  "flagger",
  "flagger-loadtester",
  "keda-operator",
  "keda-operator-metrics-apiserver",
  "prometheus",
] as const;

const testTimeout = 180_000;

let platform: ControllersPlatform;
beforeAll(async () => {
  platform = await ControllersPlatform.create();
  await platform.start();
}, startTimeout);
afterAll(() => platform.remove(), 120_000);

interface WithStatus<Status> {
  readonly status?: Status;
}

const metricsOfDefault = "/apis/external.metrics.k8s.io/v1beta1";

describe("Flagger", () => {
  test(
    "takes a Deployment under its care: a primary serves, and the Canary is Initialized",
    async () => {
      const spec = {
        targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "guarded" },
        service: { port: 9898 },
        analysis: { interval: "10s", threshold: 1, iterations: 1 },
      };
      const metadata = { name: "guarded", namespace: "default" };
      await platform.apply(deployment("guarded"));
      await platform.apply({ apiVersion: "flagger.app/v1beta1", kind: "Canary", metadata, spec });
      await eventually(async () => {
        type Canary = WithStatus<{ readonly phase?: string }>;
        const path = "/apis/flagger.app/v1beta1/namespaces/default/canaries/guarded";
        expect((await platform.get<Canary>(path)).status?.phase).toBe("Initialized");
      });
      type Primary = WithStatus<{ readonly availableReplicas?: number }>;
      const path = "/apis/apps/v1/namespaces/default/deployments/guarded-primary";
      expect((await platform.get<Primary>(path)).status?.availableReplicas).toBe(1);
    },
    testTimeout,
  );

  test("runs the commands of webhooks with the platform's tools: hey loads a Service by its name", async () => {
    const loadtester = (await platform.processes()).find(({ name }) => name === "flagger-loadtester");
    const metadata = {
      type: "bash",
      cmd: "hey -n 10 -c 2 http://prometheus-server.monitoring/-/ready",
      returnCmdOutput: "true",
    };
    const answer = await fetch(`http://127.0.0.1:${loadtester?.ports["http"]}/`, {
      method: "POST",
      body: JSON.stringify({ name: "guarded", namespace: "default", metadata }),
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/\[200\]\s+10 responses/);
  });
});

describe("KEDA", () => {
  test("answers for external metrics behind the API server", async () => {
    const answer = JSON.parse(await platform.kubectl("get", "--raw", metricsOfDefault)) as {
      readonly resources: readonly { readonly name: string }[];
    };
    expect(answer.resources.map(({ name }) => name)).toEqual(["externalmetrics"]);
  });

  test(
    "a ScaledObject on a metric of Prometheus, asked by its name in the cluster, becomes an HPA that scales",
    async () => {
      const triggers = [
        {
          type: "prometheus",
          metadata: {
            serverAddress: "http://prometheus-server.monitoring.svc",
            // What Prometheus has scraped of Flagger: 1.
            query: 'sum(up{app="flagger"}) * 3',
            threshold: "1",
          },
        },
      ];
      const spec = {
        scaleTargetRef: { name: "scaled" },
        minReplicaCount: 1,
        maxReplicaCount: 5,
        pollingInterval: 5,
        triggers,
      };
      await platform.apply(deployment("scaled"));
      await platform.apply({
        apiVersion: "keda.sh/v1alpha1",
        kind: "ScaledObject",
        metadata: { name: "scaled", namespace: "default" },
        spec,
      });
      interface Status {
        readonly currentMetrics?: readonly { readonly external?: { readonly current?: object } }[] | null;
        readonly currentReplicas?: number;
      }
      await eventually(async () => {
        const path = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/keda-hpa-scaled";
        const { status } = await platform.get<WithStatus<Status>>(path);
        expect(status?.currentMetrics?.[0]?.external?.current).toEqual({ averageValue: "1" });
        expect(status?.currentReplicas).toBe(3);
      });
    },
    testTimeout,
  );
});

describe("least privilege", () => {
  const can = (account: string, ...what: string[]): Promise<string> =>
    platform.kubectl("auth", "can-i", ...what, "--as", `system:serviceaccount:${account}`);

  test.each([
    ["flagger-system:flagger", "create", "clusterroles", "no"],
    ["flagger-system:flagger", "delete", "pods", "no"],
    ["flagger-system:flagger", "update", "canaries.flagger.app", "yes"],
    ["keda:keda-operator", "get", "secrets", "no"],
    ["keda:keda-operator", "update", "apiservices.apiregistration.k8s.io", "no"],
    ["keda:keda-operator", "update", "horizontalpodautoscalers.autoscaling", "yes"],
    ["keda:keda-metrics-server", "get", "deployments.apps", "no"],
  ])("%s may %s %s: %s", async (account, verb, resource, answer) => {
    expect(await can(account, verb, resource)).toBe(answer);
  });
});

test("nothing listens but on loopback", async () => {
  const running = await platform.processes();
  expect(running.map(({ name }) => name)).toEqual(expect.arrayContaining([...controllers]));
  expect(await foreignListeners(running)).toEqual([]);
});

test(
  "kill -9 of all of them at once: another start brings back exactly these, and they serve",
  async () => {
    const before = await platform.processes();
    for (const name of controllers) process.kill(before.find((one) => one.name === name)?.pid ?? 0, "SIGKILL");
    await eventually(async () => {
      const alive = (await platform.processes()).filter((one) => one.alive).map(({ name }) => name);
      expect(alive.filter((name) => (controllers as readonly string[]).includes(name))).toEqual([]);
    });
    await platform.start();
    const after = await platform.processes();
    const changed = after.filter((one) => before.find(({ name }) => name === one.name)?.pid !== one.pid);
    expect(changed.map(({ name }) => name)).toEqual([...controllers]);
    expect(after.every(({ alive }) => alive)).toBe(true);
    expect(await platform.kubectl("get", "--raw", metricsOfDefault)).toContain("externalmetrics");
  },
  testTimeout,
);

test(
  "stopping leaves none of them",
  async () => {
    const pids = (await platform.processes()).filter(({ name }) => (controllers as readonly string[]).includes(name));
    await platform.stopControllers();
    const left = (await platform.processes()).map(({ name }) => name);
    expect(left.filter((name) => (controllers as readonly string[]).includes(name))).toEqual([]);
    for (const { pid } of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  },
  testTimeout,
);

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { findProcess } from "../../../local/processes/process-table.ts";
import { targetsDirectory } from "../../../local/prometheus/index.ts";
import type { Pod } from "../../../local/workloads/cluster/objects.ts";
import { stopWorkloads, trafficBetween } from "../../../local/workloads/index.ts";
import type { PodInfo } from "../../../local/workloads/index.ts";
import { deploymentPath, isRolledOut, readDeployment } from "../support/deployments.ts";
import { eventually } from "../support/eventually.ts";
import { timeouts } from "../support/scenario.ts";

import { deployment, flags, namespace, route, service } from "./objects.ts";
import { WorkloadsPlatform } from "./platform.ts";

let platform: WorkloadsPlatform;
beforeAll(async () => {
  platform = await WorkloadsPlatform.start();
  await platform.apply(namespace);
}, timeouts.start);
afterAll(() => platform?.remove(), timeouts.stop);

const podsPath = "/api/v1/namespaces/dev/pods";
const readPod = ({ name }: PodInfo): Promise<Pod> => platform.client.get<Pod>(`${podsPath}/${name}`);
const allReady = (count: number) => (pods: readonly PodInfo[]) =>
  pods.length === count && pods.every(({ ready }) => ready);
/** Those of the pods whose program lives; one that ended and was not collected yet does not. */
const living = async (pods: readonly PodInfo[]): Promise<readonly PodInfo[]> => {
  const found = await Promise.all(pods.map(async ({ pid }) => (pid === undefined ? undefined : findProcess(pid))));
  return pods.filter((_, index) => found[index] !== undefined);
};
const rolledOut = (name: string): Promise<void> =>
  eventually(async () => {
    if (!isRolledOut(await readDeployment(platform.client, "dev", name))) throw new Error(`${name} is on its way`);
  });

/** What the users of an application got while `work` went on. */
async function usersDuring(application: string, work: () => Promise<unknown>) {
  const before = await platform.workloads.traffic();
  await work();
  const all = trafficBetween(before, await platform.workloads.traffic()).applications;
  const found = all.find((one) => one.application === application);
  if (found === undefined) throw new Error(`${application} has no users`);
  return found;
}

const scenario = (name: string, body: () => Promise<void>): void => test(name, body, timeouts.scenario);

describe("pods with real programs", () => {
  scenario("a pod is ready when its program is, has users, and is scraped under its name", async () => {
    await platform.apply(deployment("app"), service("app"));
    const pods = await platform.pods("app", allReady(1));
    const [pod] = pods;
    await rolledOut("app");
    expect(await living(pods)).toHaveLength(1);
    await platform.users("app", ({ requests, failures }) => requests >= 5 && failures === 0);
    const targets = await readFile(join(targetsDirectory(platform.layout), "pods.json"), "utf8");
    expect(JSON.parse(targets)).toEqual([
      expect.objectContaining({
        targets: [`127.0.0.1:${pod?.port}`],
        labels: expect.objectContaining({ kubernetes_namespace: "dev", kubernetes_pod_name: pod?.name }),
      }),
    ]);
    const metrics = await (await fetch(`http://127.0.0.1:${pod?.port}/metrics`)).text();
    expect(metrics).toMatch(/http_request_duration_seconds_count\{method="GET",path="root",status="200"\} [1-9]/);
  });

  scenario("a rolling update under load loses no request, and each old program ends before its pod goes", async () => {
    await platform.apply(deployment("app", { replicas: 2 }), service("app"));
    const old = await platform.pods("app", allReady(2));
    await platform.workloads.setRate("dev", "app", 50);
    const lost = await usersDuring("app", async () => {
      await platform.apply(deployment("app", { replicas: 2, args: ["--ui-message=second"] }));
      await rolledOut("app");
      await eventually(async () => {
        const names = (await platform.client.get<{ items: Pod[] }>(podsPath)).items.map(
          ({ metadata }) => metadata.name,
        );
        // Once the pod is gone its program is gone, whichever moment one looks.
        expect(await living(old.filter(({ name }) => !names.includes(name)))).toEqual([]);
        if (old.some(({ name }) => names.includes(name))) throw new Error("old pods are there");
      });
    });
    expect(lost.requests).toBeGreaterThan(50);
    expect([lost.failures, lost.statuses]).toEqual([0, { 200: lost.requests }]);
  });

  scenario("a release that crashes is told as CrashLoopBackOff, and its users stay with the old one", async () => {
    const before = await platform.pods("app", allReady(2));
    const lost = await usersDuring("app", async () => {
      await platform.apply(deployment("app", { replicas: 2, args: ["--no-such-flag"] }));
      const pods = await platform.pods("app", (all) =>
        all.some(({ state, restarts }) => state === "CrashLoopBackOff" && restarts > 0),
      );
      const crashing = pods.find(({ state }) => state === "CrashLoopBackOff") as PodInfo;
      const status = await eventually(async () => {
        const read = await readPod(crashing);
        if (read.status?.containerStatuses?.[0]?.state.waiting?.reason !== "CrashLoopBackOff")
          throw new Error("not yet");
        return read.status;
      });
      expect(status.conditions).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: "Ready", status: "False" }),
          expect.objectContaining({ type: "ContainersReady", status: "False" }),
        ]),
      );
      const terminated = status.containerStatuses?.[0]?.lastState.terminated;
      expect(terminated).toMatchObject({
        exitCode: 2,
        message: expect.stringContaining("unknown flag: --no-such-flag"),
      });
      expect(
        pods
          .filter(({ ready }) => ready)
          .map(({ pid }) => pid)
          .sort(),
      ).toEqual(before.map(({ pid }) => pid).sort());
      await platform.apply(deployment("app", { replicas: 2 }));
      await rolledOut("app");
    });
    expect(lost.failures).toBe(0);
  });

  scenario("a pod that is not ready gets no request, and errors of one that is are counted", async () => {
    await platform.apply(deployment("unready", { args: ["--unready"] }), service("unready"));
    const [pod] = await platform.pods("unready", (all) => all[0]?.state === "Running");
    expect((await readPod(pod as PodInfo)).status?.conditions).toContainEqual(
      expect.objectContaining({ type: "Ready", status: "False" }),
    );
    expect(await platform.ask("dev", "http://unready:9898/")).toMatchObject({ status: 503 });
    await platform.apply(deployment("errors", { args: ["--random-error"] }), service("errors"));
    const traffic = await platform.users(
      "errors",
      ({ statuses }) => (statuses["500"] ?? 0) > 0 && (statuses["200"] ?? 0) > 0,
    );
    expect(traffic.requests - traffic.failures).toBe(traffic.statuses["200"]);
    for (const name of ["unready", "errors"]) await platform.client.delete(deploymentPath("dev", name));
    await platform.pods("errors", (all) => all.length === 0);
  });

  scenario("programs reach each other by the names of Services, short ones in their own namespace", async () => {
    await platform.apply(
      deployment("core", { args: ["--backend-url=http://risk:9898/echo"] }),
      ...[deployment("risk"), service("core"), service("risk")],
    );
    await platform.pods("core", allReady(1));
    await platform.pods("risk", allReady(1));
    const answer = await platform.ask("dev", "http://core.dev.svc.cluster.local:9898/echo", "an order");
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, ["an order"]]);
  });

  scenario("users follow the weights of an HTTPRoute while they change", async () => {
    await platform.installRoutes();
    const primary = deployment("shop-primary", { application: "shop" });
    const canary = deployment("shop", { application: "shop" });
    const services = [service("shop", "shop-primary"), service("shop-primary"), service("shop-canary", "shop")];
    await platform.apply(primary, canary, ...services);
    await platform.pods("shop", allReady(2));
    await platform.workloads.setRate("dev", "shop", 50);
    await platform.users("shop", ({ roles }) => (roles.primary?.requests ?? 0) > 20 && roles.canary === undefined);
    await platform.apply(route("shop", 50, 50));
    await platform.users("shop", ({ roles }) => (roles.canary?.requests ?? 0) > 20);
    await platform.apply(route("shop", 0, 100));
    // From here on, once the route has arrived, nobody goes to the primary.
    await eventually(async () => {
      const before = (await platform.users("shop", () => true)).roles.canary?.requests ?? 0;
      const { roles } = await usersDuring("shop", () =>
        platform.users("shop", (now) => (now.roles.canary?.requests ?? 0) >= before + 20),
      );
      if (roles.primary?.requests !== 0 || (roles.canary?.requests ?? 0) === 0)
        throw new Error("the primary has users");
    });
  });

  scenario("flags follow their ConfigMap without a restart, over the name that applications call", async () => {
    const on = async (): Promise<number> => {
      const users = Array.from({ length: 50 }, (_, index) => `user-${index}`);
      const answers = await Promise.all(
        users.map((targetingKey) =>
          platform.ask(
            "dev",
            "http://flagd:8016/ofrep/v1/evaluate/flags/new-ui",
            JSON.stringify({ context: { targetingKey } }),
          ),
        ),
      );
      return answers.filter(({ body }) => (JSON.parse(body) as { value?: boolean }).value === true).length;
    };
    for (const [percent, expected] of [
      [0, 0],
      [100, 50],
    ] as const) {
      await platform.apply(flags(percent));
      await eventually(async () => expect(await on()).toBe(expected));
    }
    expect((await platform.ask("prod", "http://flagd:8016/ofrep/v1/evaluate/flags/new-ui", "{}")).status).toBe(404);
  });

  scenario(
    "a runner that was killed leaves nothing behind once it is started again, and its pods come back",
    async () => {
      const before = await platform.pods("app", allReady(2));
      process.kill(await platform.pid(), "SIGKILL");
      // Its programs live on, without anyone to look after them.
      expect(await living(before)).toEqual(before);
      await platform.repair();
      expect(await living(before)).toEqual([]);
      const after = await platform.pods("app", allReady(2));
      expect(after.map(({ restarts }) => restarts)).toEqual([1, 1]);
      expect((await readPod(after[0] as PodInfo)).status?.containerStatuses?.[0]?.lastState.terminated?.reason).toBe(
        "Unknown",
      );
      // What was set for the users was kept.
      await platform.users("app", ({ rate, requests, failures }) => rate === 50 && requests > 0 && failures === 0);
    },
  );

  scenario("a stop ends every program", async () => {
    const pods = await platform.workloads.pods();
    expect(pods.length).toBeGreaterThan(0);
    await stopWorkloads(platform.layout);
    expect(await living(pods)).toEqual([]);
  });
});

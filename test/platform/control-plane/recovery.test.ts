import { rm } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { CoreV1Api, setHeaderOptions, PatchStrategy } from "@kubernetes/client-node";

import { administratorConfig } from "../../../local/control-plane/index.ts";
import { listProcesses } from "../../../local/processes/index.ts";

import { TestPlatform, deployment, eventually, startTimeout } from "./platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await TestPlatform.create();
  await platform.start();
  await platform.apps.createNamespacedDeployment({
    namespace: "default",
    body: deployment("web", "example.test/web:0"),
  });
  await platform.rolledOut("web");
}, startTimeout);
afterAll(() => platform.remove(), 120_000);

async function setImage(image: string): Promise<void> {
  await platform.apps.patchNamespacedDeployment(
    {
      name: "web",
      namespace: "default",
      body: { spec: { template: { spec: { containers: [{ name: "web", image }] } } } },
    },
    setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch),
  );
}

const images = async (): Promise<(string | undefined)[]> => {
  const core = administratorConfig(platform.layout).makeApiClient(CoreV1Api);
  const { items } = await core.listNamespacedPod({ namespace: "default", labelSelector: "app=web" });
  return items.map((pod) => pod.spec?.containers[0]?.image);
};

describe("a control plane that lost a process", () => {
  test.each(["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"])(
    "kill -9 of %s: started again, the Deployment is available and rolls out",
    async (name) => {
      const before = await listProcesses(platform.layout);
      await platform.kill(name);
      await platform.start();
      const after = await listProcesses(platform.layout);
      const changed = after.filter((one) => before.find((other) => other.name === one.name)?.pid !== one.pid);
      expect(changed.map((one) => one.name)).toEqual([name]);
      const { status } = await platform.rolledOut("web");
      expect(status?.conditions?.find((one) => one.type === "Available")?.status).toBe("True");
      await setImage(`example.test/web:after-${name}`);
      await platform.rolledOut("web");
      await eventually(async () => expect(await images()).toEqual(Array(2).fill(`example.test/web:after-${name}`)));
    },
    180_000,
  );

  test("all of it at once, and the chosen ports are forgotten", async () => {
    const names = (await listProcesses(platform.layout)).map((one) => one.name);
    for (const name of names) await platform.kill(name);
    // Forgetting them is as good as losing them: others are chosen, every kubeconfig and certificate follows.
    await rm(platform.layout.state);
    const before = await listProcesses(platform.layout);
    await platform.start();
    const after = await listProcesses(platform.layout);
    expect(after.every((one) => one.alive)).toBe(true);
    expect(after.map((one) => one.ports)).not.toEqual(before.map((one) => one.ports));
    await platform.rolledOut("web");
    await setImage("example.test/web:moved");
    await platform.rolledOut("web");
  }, 180_000);

  test("a pod that was marked unready while its node was silent becomes ready again", async () => {
    const core = administratorConfig(platform.layout).makeApiClient(CoreV1Api);
    const [pod] = (await core.listNamespacedPod({ namespace: "default", labelSelector: "app=web" })).items;
    const name = pod?.metadata?.name ?? "";
    await platform.kill("kwok");
    // As MarkPodsNotReady of the node lifecycle controller does it.
    await core.patchNamespacedPodStatus(
      { name, namespace: "default", body: { status: { conditions: [{ type: "Ready", status: "False" }] } } },
      setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch),
    );
    await eventually(async () => {
      const { status } = await platform.apps.readNamespacedDeployment({ name: "web", namespace: "default" });
      expect(status?.availableReplicas).toBe(1);
    });
    await platform.start();
    await platform.rolledOut("web");
    const { status } = await core.readNamespacedPod({ name, namespace: "default" });
    expect(status?.conditions?.find((one) => one.type === "Ready")?.status).toBe("True");
    expect(status?.conditions?.map((one) => one.type)).toContain("ContainersReady");
  }, 180_000);

  test("a crash in the middle of making certificates and settings is repaired", async () => {
    await rm(join(platform.layout.certificates, "kube-apiserver.key"));
    await rm(platform.layout.kubeconfig);
    await platform.start();
    await platform.rolledOut("web");
  }, 180_000);
});

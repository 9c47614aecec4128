import { readFile, stat } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AppsV1Api, AuthorizationV1Api, CoreV1Api, KubeConfig, RbacAuthorizationV1Api } from "@kubernetes/client-node";

import { administratorConfig, userKubeconfig } from "../../../local/control-plane/index.ts";
import type { ControlPlane } from "../../../local/control-plane/index.ts";
import { listProcesses } from "../../../local/processes/index.ts";

import { listeningAddresses } from "./listening-addresses.ts";
import { TestPlatform, deployment, eventually, startTimeout } from "./platform.ts";

let platform: TestPlatform;
let controlPlane: ControlPlane;
let alice: KubeConfig;

beforeAll(async () => {
  platform = await TestPlatform.create();
  controlPlane = await platform.start();
  const rbac = administratorConfig(platform.layout).makeApiClient(RbacAuthorizationV1Api);
  await rbac.createNamespacedRoleBinding({
    namespace: "default",
    body: {
      metadata: { name: "viewers" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "viewers" }],
    },
  });
  const path = join(platform.layout.directory, "alice.kubeconfig");
  await userKubeconfig(platform.layout, { name: "alice", groups: ["viewers"], path });
  alice = new KubeConfig();
  alice.loadFromFile(path);
}, startTimeout);
afterAll(() => platform.remove(), 120_000);

describe("access to the local control plane", () => {
  test("a user may do what the group may, and nothing else", async () => {
    await alice.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace: "default" });
    const create = alice
      .makeApiClient(AppsV1Api)
      .createNamespacedDeployment({ namespace: "default", body: deployment("a", "example.test/a:1") });
    await expect(create).rejects.toMatchObject({ code: 403 });
    const core = alice.makeApiClient(CoreV1Api);
    await expect(core.listNamespacedSecret({ namespace: "default" })).rejects.toMatchObject({ code: 403 });
    await expect(core.listNamespacedPod({ namespace: "kube-system" })).rejects.toMatchObject({ code: 403 });
  });

  test("who is denied is in the audit log, without bodies", async () => {
    const denied = alice.makeApiClient(CoreV1Api).readNamespacedSecret({ name: "token", namespace: "default" });
    await expect(denied).rejects.toMatchObject({ code: 403 });
    await eventually(async () => {
      const lines = (await readFile(platform.layout.auditLog, "utf8")).trim().split("\n");
      const events = lines.map((line) => JSON.parse(line) as Record<string, never>);
      expect(events).toContainEqual(
        expect.objectContaining({
          level: "Metadata",
          verb: "get",
          user: expect.objectContaining({ username: "alice" }) as unknown,
          objectRef: expect.objectContaining({ resource: "secrets", name: "token" }) as unknown,
          responseStatus: expect.objectContaining({ code: 403 }) as unknown,
        }),
      );
      expect(events.every((event) => !("requestObject" in event))).toBe(true);
    });
  });

  test("kwok, scheduler and controllers have their own identities, none of them the administrator's", async () => {
    const cases = [
      { component: "kwok", may: { verb: "patch", resource: "pods", subresource: "status" } },
      { component: "kube-scheduler", may: { verb: "create", resource: "pods", subresource: "binding" } },
      {
        component: "kube-controller-manager",
        may: { verb: "create", resource: "serviceaccounts", subresource: "token" },
      },
    ];
    for (const { component, may } of cases) {
      const config = new KubeConfig();
      config.loadFromFile(join(platform.layout.controlPlane, `${component}.kubeconfig`));
      const allowed = async (resourceAttributes: object): Promise<boolean> => {
        const body = { spec: { resourceAttributes: { namespace: "default", ...resourceAttributes } } };
        const review = await config.makeApiClient(AuthorizationV1Api).createSelfSubjectAccessReview({ body });
        return review.status?.allowed ?? false;
      };
      expect([component, await allowed(may)]).toEqual([component, true]);
      const forbidden = { verb: "create", resource: "clusterrolebindings", group: "rbac.authorization.k8s.io" };
      expect([component, await allowed(forbidden)]).toEqual([component, false]);
    }
  });

  test("nobody is served without a certificate", async () => {
    const ca = await readFile(controlPlane.caPath);
    const status = await new Promise((resolve, reject) => {
      request(`${controlPlane.server}/api/v1/namespaces`, { ca, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once("error", reject)
        .end();
    });
    expect(status).toBe(401);
  });

  test("the kubeconfig is its owner's alone and verifies the server", async () => {
    expect((await stat(controlPlane.kubeconfig)).mode & 0o777).toBe(0o600);
    expect(administratorConfig(platform.layout).getCurrentCluster()).toMatchObject({
      server: controlPlane.server,
      skipTLSVerify: false,
    });
  });

  test("everything listens on loopback only", async () => {
    const processes = await listProcesses(platform.layout);
    expect(processes).toHaveLength(5);
    for (const { name, pid, ports } of processes) {
      const listening = await listeningAddresses(pid);
      expect([name, listening.map((one) => one.address)]).toEqual([name, listening.map(() => "127.0.0.1")]);
      expect([name, listening.map((one) => one.port).sort()]).toEqual([name, Object.values(ports).sort()]);
    }
  });

  test("a pod is gone soon after its deletion", async () => {
    await platform.apps.createNamespacedDeployment({ namespace: "default", body: deployment("b", "example.test/b:1") });
    await platform.rolledOut("b");
    await platform.apps.deleteNamespacedDeployment({
      name: "b",
      namespace: "default",
      propagationPolicy: "Foreground",
    });
    const core = administratorConfig(platform.layout).makeApiClient(CoreV1Api);
    await eventually(async () => expect((await core.listNamespacedPod({ namespace: "default" })).items).toEqual([]));
  }, 90_000);
});

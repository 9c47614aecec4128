import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import { gitops, temporaryFolder } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";

import { startCluster } from "./api-server.ts";
import type { Cluster } from "./api-server.ts";

const canary = "/apis/flagger.app/v1beta1/namespaces/prod/canaries/core-trading";
const pods = "/api/v1/namespaces/flagger-system/pods?labelSelector=app.kubernetes.io%2Fname%3Dloadtester";
const pod = (name: string, ready: boolean, more: object = {}) => ({
  metadata: { name, ...more },
  status: { conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
});

let cluster: Cluster;
let folder: string;

beforeAll(async () => {
  cluster = await startCluster();
  folder = temporaryFolder();
});
afterAll(() => cluster.close());
beforeEach(() => {
  cluster.mode = "forwarded";
  cluster.gateStatus = 202;
  cluster.gates.length = 0;
  cluster.forwards.length = 0;
  cluster.objects.clear();
  cluster.objects.set(canary, { status: { phase: "WaitingPromotion" } });
  cluster.objects.set(pods, { items: [pod("loadtester-1", true)] });
});

const approve = (...args: readonly string[]): Promise<Ran> =>
  gitops(folder, ["approve", "core-trading", "--env", "prod", "--kubeconfig", cluster.kubeconfig, ...args]);

describe("gitops approve in a cluster", () => {
  test("opens the gate of the Canary through a port-forward to the load tester's pod, and ends", async () => {
    expect(await approve()).toEqual({ exitCode: 0, stdout: "core-trading in prod may go on", stderr: "" });
    expect(cluster.gates).toEqual([{ path: "/gate/open", body: { name: "core-trading", namespace: "prod" } }]);
    expect(cluster.forwards).toEqual([
      "GET /api/v1/namespaces/flagger-system/pods/loadtester-1/portforward?ports=8080",
    ]);
  });

  test("takes the pod that is ready, of several that are listed", async () => {
    const items = [
      pod("evicted", false),
      pod("going", true, { deletionTimestamp: "2026-01-01T00:00:00Z" }),
      pod("new", true),
    ];
    cluster.objects.set(pods, { items });
    expect((await approve()).exitCode).toBe(0);
    expect(cluster.forwards).toEqual([expect.stringContaining("/pods/new/portforward")]);
  });

  test("opens nothing while nothing waits", async () => {
    cluster.objects.set(canary, { status: { phase: "Progressing" } });
    const { exitCode, stdout } = await approve();
    expect(exitCode).toBe(1);
    expect(stdout).toBe("core-trading in prod does not wait for an approval: its Canary is Progressing");
    expect(cluster.forwards).toEqual([]);
  });

  test.each([
    ["forbidden", /no port-forward: .*403; it needs the rights "get" and "create" on pods\/portforward/],
    ["nobody-listens", /pod flagger-system\/loadtester-1: port 8080 does not answer: error forwarding port 8080/],
    ["cut-off", /pod flagger-system\/loadtester-1: port 8080 does not answer/],
  ] as const)("says why it did not reach the gate: %s", async (mode, words) => {
    cluster.mode = mode;
    const { exitCode, stdout, stderr } = await approve();
    expect(stderr).toMatch(words);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(cluster.gates).toEqual([]);
  });

  test("takes no answer for a yes that is none", async () => {
    cluster.gateStatus = 500;
    const { exitCode, stderr } = await approve();
    expect(exitCode).toBe(2);
    expect(stderr).toContain("/gate/open answered 500");
  });

  test("says that there is no load tester, or none that is ready", async () => {
    cluster.objects.set(pods, { items: [] });
    expect((await approve()).stderr).toContain('no pod of Flagger\'s load tester in namespace "flagger-system"');
    cluster.objects.set(pods, { items: [pod("loadtester-1", false)] });
    expect((await approve()).stderr).toContain("not ready: loadtester-1");
  });
});

import { setTimeout as delay } from "node:timers/promises";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import type { Snapshot } from "../../../cli/dashboard/model.ts";
import type { StatusDocument } from "../../../cli/status/model.ts";
import { projectsPath } from "../../../cli/windows/read.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, applicationsPath, canariesPath, deployment, deploymentsPath, give } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";

import { signIn, startDashboard } from "./support/dashboard.ts";
import type { Browser, Dashboard } from "./support/dashboard.ts";
import type { Events } from "./support/http.ts";

const [one, two] = ["1".repeat(40), "2".repeat(40)];
const scaledObjectsPath = "/apis/keda.sh/v1alpha1/namespaces/prod/scaledobjects";
const autoscalersPath = "/apis/autoscaling/v2/namespaces/prod/horizontalpodautoscalers";

const canary = (phase: string, weight: number): object => ({
  metadata: { name: "app", namespace: "prod" },
  spec: { analysis: { interval: "1m", stepWeight: 10, maxWeight: 50, threshold: 5, metrics: [{ name: "errors" }] } },
  status: { phase, canaryWeight: weight, failedChecks: 1, lastTransitionTime: "2026-03-02T10:00:00Z" },
});

let server: KubernetesServer;
let folder: string;
let dashboard: Dashboard;
let browser: Browser;
let opened: Events[] = [];

beforeAll(async () => {
  server = await startKubernetes();
  folder = temporaryFolder();
  const args = ["--local", server.directory, "--interval", "0.5"];
  dashboard = await startDashboard(folder, args);
  browser = await signIn(dashboard);
});
afterAll(async () => {
  await dashboard?.interrupt();
  await server.close();
});
beforeEach(() => {
  server.answers.clear();
  server.refusals.clear();
  give(
    server,
    application({ environment: "prod", revision: two, synced: [one] }),
    application({ environment: "staging", revision: two, synced: [one], sync: "OutOfSync", automated: false }),
  );
  server.answers.set(canariesPath("prod"), { items: [canary("Progressing", 20)] });
  server.answers.set(deploymentsPath("prod"), { items: [deployment("app-primary", "prod", "example/app:1", 2)] });
});
afterEach(() => {
  for (const events of opened) events.close();
  opened = [];
});

async function open(headers = {}): Promise<Events> {
  const events = await browser.events(headers);
  opened.push(events);
  return events;
}

/** Reads on until a snapshot is as wanted. */
async function until(events: Events, wanted: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  for (;;) {
    const event = await events.next();
    if (event === undefined) throw new Error("the stream ended");
    const snapshot = JSON.parse(event.data) as Snapshot;
    if (event.event === "snapshot" && wanted(snapshot)) return snapshot;
  }
}

const inProd = ({ applications }: Snapshot) => applications.find(({ id }) => id === "prod/app");

describe("the snapshot", () => {
  test("says what gitops status says, and how far a release is, and what scales it", async () => {
    const conditions = [
      { type: "Ready", status: "True" },
      { type: "Active", status: "True" },
      { type: "Paused", status: "False" },
    ];
    server.answers.set(scaledObjectsPath, {
      items: [
        {
          metadata: { name: "app-primary", namespace: "prod" },
          spec: {
            minReplicaCount: 2,
            maxReplicaCount: 6,
            triggers: [{ type: "cron" }, { type: "prometheus", name: "rate" }],
          },
          status: { hpaName: "keda-hpa-app", conditions },
        },
      ],
    });
    const metric = (side: object) => ({ type: "External", external: { metric: { name: "s1-prometheus" }, ...side } });
    server.answers.set(autoscalersPath, {
      items: [
        {
          metadata: { name: "keda-hpa-app", namespace: "prod" },
          spec: { metrics: [metric({ target: { averageValue: "100" } })] },
          status: {
            currentReplicas: 2,
            desiredReplicas: 3,
            currentMetrics: [metric({ current: { averageValue: "150" } })],
          },
        },
      ],
    });
    const snapshot = await until(await open(), (seen) => inProd(seen)?.scaling != null);
    const { stdout } = await gitops(folder, ["status", "--local", server.directory, "--json"]);
    const status = JSON.parse(stdout) as StatusDocument;
    expect(snapshot.applications).toEqual(status.applications.map((line) => expect.objectContaining(line)));
    expect(inProd(snapshot)).toMatchObject({
      progress: { kind: "weighted", weight: 20, maxWeight: 50, fraction: 0.4, failedChecks: 1, active: true },
      scaling: {
        minimum: 2,
        maximum: 6,
        current: 2,
        desired: 3,
        active: true,
        paused: false,
        triggers: [
          { type: "cron", current: null, target: null },
          { type: "prometheus", name: "rate", current: "150", target: "100" },
        ],
      },
      syncedAt: "2026-03-02T10:00:07Z",
      syncedBy: null,
      timeline: [],
    });
    const command = `gitops approve app --env staging --local ${server.directory}`;
    expect(snapshot.approvals).toEqual([
      { environment: "staging", application: "app", kind: "sync", revision: two, command },
    ]);
    expect(snapshot.environments.map(({ name, present }) => [name, present])).toEqual([
      ["dev", false],
      ["staging", true],
      ["prod", true],
    ]);
    expect(snapshot).toMatchObject({ problem: null, readOnly: true, warnings: [] });
  });

  test("has the windows of the next days", async () => {
    const window = { kind: "deny", schedule: "* * * * *", duration: "1h", timeZone: "UTC", applications: ["app-prod"] };
    const syncWindows = [{ ...window, manualSync: true, description: "frozen by Ann: closing" }];
    server.answers.set(projectsPath, { items: [{ metadata: { name: "prod" }, spec: { syncWindows } }] });
    const snapshot = await until(await open(), (seen) => inProd(seen)?.windows != null);
    const [interval, ...rest] = inProd(snapshot)?.timeline ?? [];
    expect(rest).toEqual([]);
    expect(interval).toMatchObject({ automatic: false, manual: true, reasons: ["frozen by Ann: closing"] });
    expect(Date.parse(interval?.until ?? "") - Date.parse(interval?.from ?? "")).toBe(7 * 24 * 3_600_000);
  });
});

describe("the events", () => {
  test("tell everybody what has changed", async () => {
    const both = [await open(), await open()];
    expect(both[0]?.headers).toMatchObject({ "content-type": "text/event-stream", "x-accel-buffering": "no" });
    for (const events of both) await until(events, (snapshot) => inProd(snapshot)?.canary?.weight === 20);
    server.answers.set(canariesPath("prod"), { items: [canary("Progressing", 30)] });
    for (const events of both) await until(events, (snapshot) => inProd(snapshot)?.canary?.weight === 30);
  });

  test("keep the last facts while the cluster does not answer, and say since when", async () => {
    const events = await open();
    await until(events, (snapshot) => inProd(snapshot) !== undefined);
    server.refusals.set(applicationsPath, 503);
    const stale = await until(events, ({ problem }) => problem !== null);
    expect(inProd(stale)).toBeDefined();
    expect(stale.problem).toMatchObject({ since: expect.any(String), message: expect.stringContaining("503") });
    server.refusals.clear();
    await until(events, ({ problem }) => problem === null);
  });

  test("are not repeated to a page that comes back", async () => {
    const first = await open();
    const known = await first.next();
    first.close();
    const again = await open({ "last-event-id": known?.id ?? "" });
    server.answers.set(canariesPath("prod"), { items: [canary("Succeeded", 0)] });
    const next = await again.next();
    expect(next?.id).not.toBe(known?.id);
    expect(inProd(JSON.parse(next?.data ?? "") as Snapshot)?.canary?.phase).toBe("Succeeded");
  });

  test("are read once for all who look, and not at all while nobody does", async () => {
    const looks = (): number => server.requests.filter((request) => request === `GET ${applicationsPath}`).length;
    const pages = await Promise.all([open(), open(), open(), open()]);
    for (const events of pages) await until(events, (snapshot) => inProd(snapshot) !== undefined);
    for (const events of pages) events.close();
    opened = [];
    // A look that was under way when the last page went away may still come: it stops when two counts agree.
    let before = -1;
    for (let now = looks(); now !== before; now = looks()) {
      before = now;
      await delay(1500);
    }
    const snapshots = await Promise.all([1, 2, 3, 4].map(() => browser.get("/api/snapshot")));
    expect(new Set(snapshots.map(({ text }) => text)).size).toBe(1);
    expect(looks()).toBe(before + 1);
  });
});

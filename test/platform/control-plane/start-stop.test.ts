import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { startControlPlane, stopControlPlane } from "../../../local/control-plane/index.ts";
import type { ControlPlaneEvent } from "../../../local/control-plane/index.ts";
import { listProcesses } from "../../../local/processes/index.ts";
import { findProcess } from "../../../local/processes/process-table.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";

import { TestPlatform, deployment, startTimeout } from "./platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await TestPlatform.create();
  await platform.start();
}, startTimeout);
afterAll(() => platform.remove(), 120_000);

const tools = () =>
  ensureTools({
    names: ["etcd", "kubernetes", "kwok"],
    logDirectory: platform.layout.logs,
    onEvent: () => undefined,
  });

describe("starting and stopping", () => {
  test("a second start keeps every process", async () => {
    const before = await listProcesses(platform.layout);
    const events: ControlPlaneEvent[] = [];
    await startControlPlane(platform.layout, await tools(), { onEvent: (event) => events.push(event) });
    expect(events.filter((event) => event.subject !== "node").map((event) => event.outcome)).toEqual(
      Array(5).fill("kept"),
    );
    expect((await listProcesses(platform.layout)).map((one) => one.pid)).toEqual(before.map((one) => one.pid));
  }, 60_000);

  test("stop leaves no process, twice is fine, and the data is there after the next start", async () => {
    const body = deployment("kept", "example.test/kept:1");
    await platform.apps.createNamespacedDeployment({ namespace: "default", body });
    await platform.rolledOut("kept");
    const pids = (await listProcesses(platform.layout)).map((one) => one.pid);
    expect(pids).toHaveLength(5);
    await stopControlPlane(platform.layout);
    await stopControlPlane(platform.layout);
    expect(await listProcesses(platform.layout)).toEqual([]);
    for (const pid of pids) expect(await findProcess(pid)).toBeUndefined();
    await platform.start();
    await platform.rolledOut("kept");
  }, 180_000);

  test("a start that is given up ends with the reason", async () => {
    await stopControlPlane(platform.layout);
    const abort = new AbortController();
    const start = startControlPlane(platform.layout, await tools(), {
      signal: abort.signal,
      onEvent: () => abort.abort(new Error("the user pressed Ctrl-C")),
    });
    await expect(start).rejects.toThrow("the user pressed Ctrl-C");
    await platform.start();
  }, 180_000);

  test("a wrong tool is named with its log", async () => {
    await stopControlPlane(platform.layout);
    const wrong = { ...(await tools()), etcd: { path: process.execPath } };
    const failure = await startControlPlane(platform.layout, wrong).catch((error: unknown) => error);
    expect(String(failure)).toMatch(/^ProcessError: etcd ended before it was ready\nits log is .*\/logs\/etcd\.log/);
    expect(String(failure)).toContain("bad option");
  }, 60_000);
});

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import pRetry from "p-retry";

import type { Layout } from "../../../local/layout.ts";
import { choosePorts, ensureProcess, listProcesses, logTail, stopProcess } from "../../../local/processes/index.ts";
import { findProcess } from "../../../local/processes/process-table.ts";

import { removeLayout, serverSpec, temporaryLayout } from "./fixtures.ts";

let paths: Layout;
let port: number;

beforeEach(async () => {
  paths = await temporaryLayout();
  port = (await choosePorts(paths, "server", ["http"])).http;
});
afterEach(() => removeLayout(paths));

/** Prints the pid of a child that runs until it is told to end. */
const withChild = `const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  console.log("child " + child.pid)`;

async function childPid(): Promise<number> {
  const lines = await logTail(paths, "server");
  return Number(/child (\d+)/.exec(lines.join("\n"))?.[1]);
}

describe("stopProcess", () => {
  test("asks politely: the process may say goodbye", async () => {
    await ensureProcess(
      paths,
      serverSpec(port, { before: 'process.on("SIGTERM", () => { console.log("goodbye"); process.exit(0) })' }),
    );
    expect(await stopProcess(paths, "server")).toBe("stopped");
    expect(await logTail(paths, "server")).toContain("goodbye");
    expect(await listProcesses(paths)).toEqual([]);
  });

  test("uses the signal of the spec", async () => {
    await ensureProcess(
      paths,
      serverSpec(port, {
        before: 'process.on("SIGTERM", () => {}); process.on("SIGINT", () => process.exit(0))',
        stopSignal: "SIGINT",
      }),
    );
    expect(await stopProcess(paths, "server")).toBe("stopped");
  });

  test("kills what does not end in its time", async () => {
    const { record } = await ensureProcess(
      paths,
      serverSpec(port, { before: 'process.on("SIGTERM", () => {})', stopTimeoutSeconds: 0.2 }),
    );
    expect(await stopProcess(paths, "server")).toBe("killed");
    expect(await findProcess(record.pid)).toBeUndefined();
  });

  test("takes the children too, also those of a process that was killed", async () => {
    await ensureProcess(paths, serverSpec(port, { before: withChild }));
    const first = await childPid();
    expect(await findProcess(first)).toBeDefined();
    await stopProcess(paths, "server");
    expect(await findProcess(first)).toBeUndefined();

    const { record } = await ensureProcess(paths, serverSpec(port, { before: withChild }));
    const orphan = await childPid();
    process.kill(record.pid, "SIGKILL");
    await pRetry(async () => expect(await findProcess(record.pid)).toBeUndefined(), { minTimeout: 20, factor: 1 });
    expect(await findProcess(orphan)).toBeDefined();
    await stopProcess(paths, "server");
    expect(await findProcess(orphan)).toBeUndefined();
  });

  test("never signals a process that merely has the pid of an old record", async () => {
    const { record } = await ensureProcess(paths, serverSpec(port));
    const file = join(paths.run, "server.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(record.started, "another boot/1"));
    expect((await listProcesses(paths))[0]).toMatchObject({ alive: false, memoryBytes: 0 });
    expect(await stopProcess(paths, "server")).toBe("absent");
    expect(await findProcess(record.pid)).toBeDefined();
    await writeFile(file, text);
  });

  test("has nothing to do for an unknown name", async () => {
    expect(await stopProcess(paths, "nobody")).toBe("absent");
  });
});

describe("listProcesses", () => {
  test("shows memory and ports of a living process, and a crashed one as not alive", async () => {
    const { record } = await ensureProcess(paths, serverSpec(port));
    const [living] = await listProcesses(paths);
    expect(living).toMatchObject({ name: "server", pid: record.pid, alive: true, ports: { http: port } });
    expect(living?.memoryBytes).toBeGreaterThan(5 * 1024 * 1024);
    process.kill(record.pid, "SIGKILL");
    await pRetry(async () => expect((await listProcesses(paths))[0]).toMatchObject({ alive: false, memoryBytes: 0 }), {
      minTimeout: 20,
      factor: 1,
    });
  });
});

import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import pRetry from "p-retry";

import type { Layout } from "../../../local/layout.ts";
import { choosePorts, ensureProcess, listProcesses, logFile, stopProcess } from "../../../local/processes/index.ts";

import { removeLayout, serverSpec, temporaryLayout } from "./fixtures.ts";

let paths: Layout;
let port: number;

beforeEach(async () => {
  paths = await temporaryLayout();
  port = (await choosePorts(paths, "server", ["http"])).http;
});
afterEach(() => removeLayout(paths));

const isRunning = (pid: number): Promise<boolean> =>
  listProcesses(paths).then((all) => all.some((one) => one.pid === pid && one.alive));
const environment = async (): Promise<Record<string, string>> =>
  (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Record<string, string>;

describe("ensureProcess", () => {
  test("starts a process, and leaves it alone the second time", async () => {
    const first = await ensureProcess(paths, serverSpec(port));
    const second = await ensureProcess(paths, serverSpec(port));
    expect(first.outcome).toBe("started");
    expect(second.outcome).toBe("kept");
    expect(second.record.pid).toBe(first.record.pid);
  });

  test("gives the process a small environment with a HOME of the platform", async () => {
    process.env["SECRET_OF_THE_PARENT"] = "x";
    await ensureProcess(paths, serverSpec(port, { env: { MODE: "a" } }));
    delete process.env["SECRET_OF_THE_PARENT"];
    const seen = await environment();
    expect(Object.keys(seen).sort()).toEqual(expect.arrayContaining(["HOME", "MODE", "PATH", "TMPDIR"]));
    expect(seen["HOME"]).toBe(paths.home);
    expect(seen).not.toHaveProperty("SECRET_OF_THE_PARENT");
  });

  test("restarts it when its environment or a file that it reads changes", async () => {
    const file = join(paths.directory, "settings");
    await writeFile(file, "one");
    const first = await ensureProcess(paths, serverSpec(port, { files: [file] }));
    await writeFile(file, "two");
    const second = await ensureProcess(paths, serverSpec(port, { files: [file] }));
    const third = await ensureProcess(paths, serverSpec(port, { files: [file], env: { MODE: "b" } }));
    expect([second.outcome, third.outcome]).toEqual(["restarted", "restarted"]);
    expect((await environment())["MODE"]).toBe("b");
    expect(await isRunning(first.record.pid)).toBe(false);
  });

  test("starts it again after kill -9, after the hook that clears what was left", async () => {
    const calls: string[] = [];
    const spec = serverSpec(port, {
      beforeStart: async () => {
        calls.push((await listProcesses(paths)).some((one) => one.alive) ? "alive" : "clear");
      },
    });
    const first = await ensureProcess(paths, spec);
    process.kill(first.record.pid, "SIGKILL");
    await pRetry(async () => expect(await isRunning(first.record.pid)).toBe(false), { minTimeout: 20, factor: 1 });
    const second = await ensureProcess(paths, spec);
    expect(second.outcome).toBe("started");
    expect(second.record.pid).not.toBe(first.record.pid);
    expect(calls).toEqual(["clear", "clear"]);
  });

  test("restarts a process that runs and answers no more", async () => {
    const first = await ensureProcess(paths, serverSpec(port, { stopTimeoutSeconds: 1 }));
    process.kill(first.record.pid, "SIGSTOP");
    const second = await ensureProcess(paths, serverSpec(port, { readyTimeoutSeconds: 4 }));
    expect(second.outcome).toBe("restarted");
    expect(await environment()).toHaveProperty("HOME");
  }, 60_000);

  test("survives the end of the Node process that started it", async () => {
    const program = `
      import { ensureProcess } from ${JSON.stringify(new URL("../../../local/processes/index.ts", import.meta.url).href)};
      import { layout } from ${JSON.stringify(new URL("../../../local/layout.ts", import.meta.url).href)};
      import { serverSpec } from ${JSON.stringify(new URL("./fixtures.ts", import.meta.url).href)};
      console.log((await ensureProcess(layout(${JSON.stringify(paths.directory)}), serverSpec(${port}))).record.pid);`;
    const file = join(paths.directory, "parent.mts");
    await writeFile(file, program);
    const { stdout } = await execa(process.execPath, ["--import", import.meta.resolve("tsx"), file]);
    expect(await isRunning(Number(stdout))).toBe(true);
    expect((await ensureProcess(paths, serverSpec(port))).outcome).toBe("kept");
  }, 60_000);

  test("keeps log and record to the owner, and no environment in the record", async () => {
    await ensureProcess(paths, serverSpec(port, { env: { PASSWORD: "hunter2" } }));
    const record = join(paths.run, "server.json");
    for (const file of [record, logFile(paths, "server")]) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(record, "utf8")).not.toContain("hunter2");
    expect(await readFile(logFile(paths, "server"), "utf8")).toMatch(/^--- start of server .*\nlistening\n$/);
  });
});

describe("log rotation", () => {
  test("a large log moves aside at the next start", async () => {
    await ensureProcess(paths, serverSpec(port));
    await stopProcess(paths, "server");
    await writeFile(logFile(paths, "server"), "x".repeat(11 * 1024 * 1024));
    await ensureProcess(paths, serverSpec(port));
    expect((await readdir(paths.logs)).sort()).toEqual(["server.log", "server.log.1"]);
    expect((await stat(logFile(paths, "server"))).size).toBeLessThan(1000);
  });
});

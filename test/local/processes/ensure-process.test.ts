import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import pRetry from "p-retry";

import type { Layout } from "../../../local/layout.ts";
import {
  ProcessError,
  choosePorts,
  ensureProcess,
  listProcesses,
  logFile,
  stopProcess,
} from "../../../local/processes/index.ts";

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

  test("says why a process ended: its log and the last lines of this start", async () => {
    const failing = serverSpec(port, { args: ["-e", 'console.error("no such flag: --colour"); process.exit(2)'] });
    const failure = await ensureProcess(paths, failing).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProcessError);
    expect(String(failure)).toContain("server ended before it was ready");
    expect(String(failure)).toContain(logFile(paths, "server"));
    expect(String(failure)).toContain("no such flag: --colour");
    expect(await listProcesses(paths)).toEqual([]);
  });

  test("recognises a port that another program took, even when that one answers", async () => {
    const stranger = createServer((_, response) => response.end("hello"));
    await new Promise<void>((resolve) => stranger.listen(port, "127.0.0.1", resolve));
    const failure = await ensureProcess(paths, serverSpec(port)).catch((error: unknown) => error);
    await new Promise((resolve) => stranger.close(resolve));
    expect(failure).toMatchObject({ portTaken: true });
    expect(String(failure)).toContain(`server: its port ${port} (http) was taken by another program`);
  });

  test("recognises it in the log of a process as well", async () => {
    const program = `console.error("listen tcp 127.0.0.1:${port}: bind: address already in use"); process.exit(1)`;
    const failure = await ensureProcess(paths, serverSpec(port, { args: ["-e", program] })).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ portTaken: true });
    expect(String(failure)).toContain("ended before it was ready: its port was taken by another program");
  });

  test("stops a process that is not ready in time, and tells the last answer", async () => {
    const spec = serverSpec(port, { ready: () => Promise.reject(new Error("503 warming up")), readyTimeoutSeconds: 1 });
    await expect(ensureProcess(paths, spec)).rejects.toThrow(/was not ready after 1 s \(last answer: 503 warming up\)/);
    expect(await listProcesses(paths)).toEqual([]);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test("gives up when the signal aborts, and leaves nothing half-started", async () => {
    const abort = new AbortController();
    const spec = serverSpec(port, {
      ready: () => {
        abort.abort(new Error("the user pressed Ctrl-C"));
        return Promise.resolve(false);
      },
    });
    await expect(ensureProcess(paths, spec, abort.signal)).rejects.toThrow("the user pressed Ctrl-C");
    expect(await listProcesses(paths)).toEqual([]);
  });

  test("refuses a program that is not there, and a name that leaves the folder", async () => {
    await expect(ensureProcess(paths, serverSpec(port, { command: "/no/such/tool" }))).rejects.toThrow(
      'server: "/no/such/tool" is not a program that can be run',
    );
    await expect(ensureProcess(paths, serverSpec(port, { name: "../x" }))).rejects.toThrow('process name "../x"');
  });

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

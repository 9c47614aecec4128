import { createServer } from "node:http";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { Layout } from "../../../local/layout.ts";
import { ProcessError, choosePorts, ensureProcess, listProcesses, logFile } from "../../../local/processes/index.ts";

import { removeLayout, serverSpec, temporaryLayout } from "./fixtures.ts";

let paths: Layout;
let port: number;

beforeEach(async () => {
  paths = await temporaryLayout();
  port = (await choosePorts(paths, "server", ["http"])).http;
});
afterEach(() => removeLayout(paths));

describe("a process that does not come up", () => {
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
});

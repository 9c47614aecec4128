import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import pRetry from "p-retry";

import type { Container } from "../../../local/workloads/cluster/objects.ts";
import { PodProcess } from "../../../local/workloads/pods/pod-process.ts";
import { choosePodPort } from "../../../local/workloads/pods/ports.ts";

import { pod } from "./objects.ts";

let directory: string;
let started: PodProcess[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gitops-pod-"));
  started = [];
  // What goes into the log of the process; here it would only be in the way.
  jest.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const one of started) one.kill();
  await Promise.all(started.map((one) => one.end(0)));
  await rm(directory, { recursive: true, force: true });
});

const readinessProbe = { httpGet: { path: "/readyz" }, periodSeconds: 0.05, failureThreshold: 2, timeoutSeconds: 2 };

/** A pod whose program is a real process: Node runs `script`, which finds its port in `port`. */
function run(script: string, container: object = {}): PodProcess {
  const program = `const port = Number(process.argv.at(-1)); const http = require("node:http"); ${script}`;
  const of = pod("app-1", {}, { args: ["-e", program], readinessProbe, ...container });
  const process_ = new PodProcess(of, of.spec.containers[0] as Container, {
    binary: process.execPath,
    folder: join(directory, "app-1"),
    env: {},
    arguments: (port) => [String(port)],
    choosePort: () => choosePodPort([]),
    onChange: () => undefined,
  });
  started.push(process_);
  return process_;
}

const until = (what: string, holds: () => boolean): Promise<void> =>
  pRetry(
    () => {
      if (!holds()) throw new Error(`never: ${what}`);
    },
    { retries: Infinity, minTimeout: 20, factor: 1, maxRetryTime: 20_000 },
  );

const server = (handler: string): string =>
  `http.createServer((request, response) => { ${handler} }).listen(port, "127.0.0.1");`;

describe("the process of a pod", () => {
  test("serves once its probe succeeds, stops to serve when it fails, and serves again", async () => {
    const one = run(
      `let ready = true; ${server(`
      if (request.url === "/off") ready = false;
      if (request.url === "/on") ready = true;
      response.statusCode = request.url === "/readyz" && !ready ? 503 : 200; response.end();`)}`,
    );
    expect(one.serves).toBe(false);
    await until("ready", () => one.serves);
    expect(one.report).toMatchObject({ ready: true, restartCount: 0, state: { running: {} } });
    await fetch(`http://127.0.0.1:${one.port}/off`);
    await until("unready", () => !one.serves);
    expect(one.report.state.running).toBeDefined();
    await fetch(`http://127.0.0.1:${one.port}/on`);
    await until("ready again", () => one.serves);
  });

  test("that ends is started again at once, and then waits in CrashLoopBackOff with its reason", async () => {
    const one = run(`console.error("unknown flag: --nope"); process.exit(2);`);
    await until("crash loop", () => one.report.state.waiting?.reason === "CrashLoopBackOff");
    expect(one.report).toMatchObject({
      ready: false,
      restartCount: 1,
      state: { waiting: { message: "back-off 10s restarting failed container=app pod=dev/app-1" } },
      lastState: { terminated: { exitCode: 2, reason: "Error", message: "unknown flag: --nope" } },
    });
    expect(one.report.pid).toBeUndefined();
  });

  test("is ended and started again when its liveness probe fails", async () => {
    const livenessProbe = {
      httpGet: { path: "/healthz" },
      periodSeconds: 0.05,
      failureThreshold: 2,
      timeoutSeconds: 2,
    };
    const one = run(server(`response.statusCode = request.url === "/healthz" ? 500 : 200; response.end();`), {
      livenessProbe,
    });
    await until("restarted", () => one.report.restartCount >= 1);
    expect(one.report.lastState.terminated?.exitCode).toBe(143);
  });

  test("finishes a request that is under way when its pod ends, takes no new one, and leaves no file", async () => {
    const one = run(`let seen = false; const s = http.createServer((request, response) => {
        if (request.url === "/seen") response.statusCode = seen ? 200 : 404;
        if (request.url !== "/slow") return response.end();
        seen = true;
        process.once("SIGTERM", () => setTimeout(() => response.end("done"), 100));
      }).listen(port, "127.0.0.1"); process.once("SIGTERM", () => s.close());`);
    await until("ready", () => one.serves);
    const url = `http://127.0.0.1:${one.port}`;
    const slow = fetch(`${url}/slow`, { headers: { connection: "close" } }).then((answer) => answer.text());
    let seen = false;
    await until("request seen", () => {
      void fetch(`${url}/seen`).then(({ ok }) => (seen = ok));
      return seen;
    });
    const ended = one.end(20);
    expect([one.serves, one.terminating]).toEqual([false, true]);
    expect(await slow).toBe("done");
    await ended;
    await expect(access(join(directory, "app-1"))).rejects.toThrow("ENOENT");
  });

  test("that does not heed SIGTERM is killed when the grace period is over", async () => {
    const one = run(`process.on("SIGTERM", () => undefined); ${server("response.end();")}`);
    await until("ready", () => one.serves);
    const pid = one.report.pid ?? 0;
    await one.end(0.2);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  test("goes on during the preStop sleep", async () => {
    const file = join(directory, "ended");
    const one = run(
      `process.once("SIGTERM", () => { require("node:fs").writeFileSync(${JSON.stringify(file)}, "by SIGTERM"); process.exit(); }); ${server("response.end();")}`,
      { lifecycle: { preStop: { sleep: { seconds: 0.5 } } } },
    );
    await until("ready", () => one.serves);
    const ended = one.end(20);
    expect((await fetch(`http://127.0.0.1:${one.port}/`)).status).toBe(200);
    await ended;
    expect(await readFile(file, "utf8")).toBe("by SIGTERM");
  });
});

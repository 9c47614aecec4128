import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { RequestListener, Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import pRetry from "p-retry";

import type { HttpRoute } from "../../../local/workloads/cluster/objects.ts";
import type { ServingPod } from "../../../local/workloads/pods/serving-pod.ts";
import { Rates } from "../../../local/workloads/traffic/rates.ts";
import type { ApplicationTraffic } from "../../../local/workloads/traffic/tally.ts";
import { Users } from "../../../local/workloads/traffic/users.ts";

import { byKey, close, listening, pod, route, service, serving } from "./objects.ts";

let directory: string;
let servers: Server[];
let users: Users | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gitops-users-"));
  servers = [];
});
afterEach(async () => {
  users?.stop();
  await close(...servers);
  await rm(directory, { recursive: true, force: true });
});

const ok: RequestListener = (_, response) => void response.end("ok");
async function serve(handler: RequestListener): Promise<number> {
  const { server, port } = await listening(handler);
  servers.push(server);
  return port;
}

/** Services of an application under Flagger: `app` and `app-primary` mean the primary. */
const services = byKey(service("app", "app-primary"), service("app-primary"), service("app-canary", "app"));
const primary = { "app.kubernetes.io/name": "app-primary" };

async function start(processes: ServingPod[], routes = new Map<string, HttpRoute>(), of = services): Promise<Rates> {
  const rates = await Rates.read(join(directory, "rates.json"));
  await rates.set("dev/app", 200);
  users = new Users({ services: of, routes, processes: () => processes }, rates);
  users.start();
  return rates;
}

/** Waits until the application's numbers fulfil that. */
function until(holds: (app: ApplicationTraffic) => boolean): Promise<ApplicationTraffic> {
  const look = (): ApplicationTraffic => {
    const app = users?.traffic().applications[0];
    if (app === undefined || !holds(app)) throw new Error(`never: ${JSON.stringify(app)}`);
    return app;
  };
  return pRetry(look, { retries: Infinity, minTimeout: 20, factor: 1, maxRetryTime: 20_000 });
}

describe("the users of an application", () => {
  test("go to what the Service named like it selects: with blue/green never to the canary", async () => {
    let canary = 0;
    const ports = [await serve(ok), await serve((_, response) => (canary++, void response.end()))] as const;
    await start([serving(pod("p", primary), ports[0]), serving(pod("c"), ports[1])]);
    const app = await until(({ requests }) => requests >= 50);
    expect(app.roles).toEqual({ primary: expect.objectContaining({ requests: app.requests, failures: 0 }) });
    expect([app.failures, canary]).toEqual([0, 0]);
  });

  test("follow the weights of the HTTPRoute named like it", async () => {
    const ports = [await serve(ok), await serve(ok)] as const;
    const rules = [
      {
        backendRefs: [
          { name: "app-primary", port: 9898, weight: 50 },
          { name: "app-canary", port: 9898, weight: 50 },
        ],
      },
    ];
    await start(
      [serving(pod("p", primary), ports[0]), serving(pod("c"), ports[1])],
      new Map([["dev/app", route(rules)]]),
    );
    const { roles } = await until(({ requests }) => requests >= 200);
    // Both get some; that all 200 go one way by chance happens once in 10^60.
    expect(roles.primary?.requests).toBeGreaterThan(0);
    expect(roles.canary?.requests).toBeGreaterThan(0);
  });

  test("feel an outage: nobody ready, a broken connection, an error, a wrong route", async () => {
    let fail = false;
    const port = await serve((request, response) => {
      if (!fail) return void response.end();
      if (Math.random() < 0.5) request.socket.destroy();
      else response.writeHead(500).end();
    });
    const state = { serves: true };
    const one = {
      ...serving(pod("p", primary), port),
      get serves() {
        return state.serves;
      },
    };
    const routes = new Map<string, HttpRoute>();
    await start([one], routes);
    await until(({ requests }) => requests >= 10);
    expect(users?.traffic().applications[0]?.failures).toBe(0);
    state.serves = false;
    await until(({ roles }) => (roles.nobody?.failures ?? 0) >= 5);
    state.serves = true;
    fail = true;
    await until(({ statuses }) => (statuses["500"] ?? 0) > 0 && (statuses["none"] ?? 0) > 0);
    routes.set("dev/app", route([{ matches: [{ method: "POST" }] }]));
    const app = await until(({ statuses }) => (statuses["404"] ?? 0) > 0);
    const good = app.statuses["200"] ?? 0;
    expect(app.requests - app.failures).toBe(good);
  });

  test("come with the first pod that serves, and not before", async () => {
    const processes = [serving(pod("p", primary), 1, { serves: false })];
    await start(processes);
    expect(users?.traffic().applications).toEqual([]);
    processes[0] = serving(pod("p", primary), await serve(ok));
    const app = await until(({ requests }) => requests > 0);
    expect(app.roles.nobody).toBeUndefined();
  });

  test("send as many as was set, which is kept in a file", async () => {
    const rates = await start([serving(pod("p", primary), await serve(ok))]);
    await until(({ requests }) => requests > 0);
    await rates.set("dev/app", 0);
    const before = users?.traffic().applications[0];
    expect(before?.rate).toBe(0);
    expect(JSON.parse(await readFile(join(directory, "rates.json"), "utf8"))).toEqual({ "dev/app": 0 });
    expect((await Rates.read(join(directory, "rates.json"))).of("dev/app")).toBe(0);
    await expect(rates.set("dev/app", 1001)).rejects.toThrow("1000");
  });
});

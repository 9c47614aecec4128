import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { give } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";

import { signIn, startDashboard } from "./support/dashboard.ts";
import type { Dashboard } from "./support/dashboard.ts";

let server: KubernetesServer;
let folder: string;
let dashboard: Dashboard;

beforeAll(async () => {
  server = await startKubernetes();
  give(server);
  folder = temporaryFolder();
  dashboard = await startDashboard(folder, ["--local", server.directory]);
});
afterAll(async () => {
  await dashboard?.interrupt();
  await server.close();
});

const secret = ["/", "/assets/main.js", "/api/session", "/api/snapshot", "/api/events", "/api/history/app"];

describe("who may look at gitops dashboard", () => {
  test("is who opens the address, once; whoever finds it later is a stranger", async () => {
    const { url, another } = await dashboard.printed(1);
    expect(another).toBe(false);
    const path = url.slice(dashboard.base.origin.length);
    const first = await dashboard.get(path);
    expect(first.status).toBe(200);
    expect(first.headers["set-cookie"]?.[0]).toMatch(
      /^gitops-dashboard-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    // The browser goes on to the page itself: a token in the address would stay in its history.
    expect(first.text).toContain('content="0; url=./"');
    expect(first.headers["cache-control"]).toBe("no-store");

    const second = await dashboard.get(path);
    expect(second.status).toBe(401);
    expect(second.headers["set-cookie"]).toBeUndefined();
    expect(second.text).toContain("used before");

    const next = await dashboard.printed(2);
    expect(next).toMatchObject({ another: true, readOnly: true });
    expect(next.url).not.toBe(url);
    expect((await (await signIn(dashboard)).get("/")).status).toBe(200);
  });

  test.each(secret)("%s tells a stranger nothing", async (path) => {
    const none = await dashboard.get(path);
    const guessed = await dashboard.get(path, { cookie: `gitops-dashboard-${dashboard.base.port}=${"A".repeat(43)}` });
    expect([none.status, guessed.status]).toEqual([401, 401]);
    expect(none.text).toMatch(/open the (newest )?address/i);
  });

  test("refuses a request by another name, with the session too (DNS rebinding)", async () => {
    const browser = await signIn(dashboard);
    for (const host of ["evil.example", `evil.example:${dashboard.base.port}`, "127.0.0.1"]) {
      expect((await browser.get("/api/snapshot", { host })).status).toBe(403);
    }
    const { status } = await browser.get("/api/snapshot", { host: `localhost:${dashboard.base.port}` });
    expect(status).toBe(200);
    expect((await dashboard.get("/healthz", { host: "10.0.0.1:8080" })).json()).toEqual({ status: "ok" });
  });

  test("keeps browsers from doing anything for others", async () => {
    const browser = await signIn(dashboard);
    for (const path of ["/", "/api/session", "/nothing"]) {
      const { headers } = await browser.get(path, { origin: "http://evil.example" });
      const policy = headers["content-security-policy"] ?? "";
      expect(policy).toMatch(/default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe|data:|\*/);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  test.each([
    [["--host", "0.0.0.0"], /--host "0.0.0.0": is no loopback address/],
    [["--behind-proxy", "page.example.com", "--allow-actions"], /--behind-proxy is read-only/],
    [["--port", "70000"], /"70000" is no port/],
    [["--interval", "0"], /"0" is no number of seconds/],
    [["--directory", "missing"], /no clone of a repository/],
    [["--allow-actions"], /no clone of a repository/],
  ])("refuses %j, and says why", async (args, words) => {
    const { exitCode, stderr, stdout } = await gitops(folder, ["dashboard", "--local", server.directory, ...args]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(words);
  });

  test("refuses a port that is taken, and a platform that is not there", async () => {
    const local = ["dashboard", "--local", server.directory, "--port", dashboard.base.port];
    expect(await gitops(folder, local)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("EADDRINUSE") });
    const missing = await gitops(folder, ["dashboard", "--local", "missing"]);
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("npm start makes one") });
  });
});

describe("gitops dashboard", () => {
  test("ends at Ctrl-C with the exit code of an interruption, while a page is open", async () => {
    const own = await startDashboard(folder, ["--local", server.directory]);
    const browser = await signIn(own);
    const events = await browser.events();
    expect(await events.next()).toMatchObject({ event: "snapshot" });
    expect(await own.interrupt()).toBe(130);
    expect(await events.next()).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { give } from "../cluster/objects.ts";
import { temporaryFolder } from "../plan/gitops.ts";

import { signIn, startDashboard } from "./support/dashboard.ts";
import type { Browser, Dashboard } from "./support/dashboard.ts";

let server: KubernetesServer;
let dashboard: Dashboard;
let browser: Browser;

beforeAll(async () => {
  server = await startKubernetes();
  give(server);
  dashboard = await startDashboard(temporaryFolder(), ["--local", server.directory]);
  browser = await signIn(dashboard);
});
afterAll(async () => {
  await dashboard?.interrupt();
  await server.close();
});

describe("the files of the page", () => {
  test("are built from the sources, come from this server alone, and never change under their names", async () => {
    const { text, headers } = await browser.get("/");
    expect(headers["content-type"]).toMatch(/^text\/html/);
    const names = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThanOrEqual(2);
    // Nothing inline: the policy would stop it.
    expect(text).not.toMatch(/<style|\sstyle=|<script(?![^>]*src=)/);
    const types: string[] = [];
    for (const name of names) {
      expect(name).toMatch(/^assets\/[\w-]+-\w+\.(js|css|svg|png)$/);
      const asset = await browser.get(`/${name}`);
      expect(asset.status).toBe(200);
      expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      types.push(asset.headers["content-type"] ?? "");
      const again = await browser.get(`/${name}`, { "if-none-match": asset.headers.etag ?? "" });
      expect([again.status, again.text]).toEqual([304, ""]);
    }
    expect(types).toEqual(expect.arrayContaining([expect.stringMatching(/javascript/), expect.stringMatching(/css/)]));
  });

  test("are asked for again only when the page has changed", async () => {
    const { headers } = await browser.get("/");
    expect(headers["cache-control"]).toBe("no-cache");
    expect((await browser.get("/", { "if-none-match": headers.etag ?? "" })).status).toBe(304);
    expect((await browser.get("/", { "if-none-match": '"other"' })).status).toBe(200);
  });

  test.each([
    "/assets/../package.json",
    "/assets/..%2f..%2fpackage.json",
    "/assets/%2e%2e/%2e%2e/etc/passwd",
    "/assets/....//package.json",
    "/assets/constructor",
    "/package.json",
    "//etc/passwd",
  ])("%s leads nowhere", async (path) => {
    const answer = await browser.get(path);
    expect(answer.status).toBe(404);
    expect(answer.json()).toEqual({ version: 1, error: expect.any(String) });
  });
});

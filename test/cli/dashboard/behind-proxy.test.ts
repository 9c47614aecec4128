import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import type { Session } from "../../../cli/dashboard/model.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { give } from "../cluster/objects.ts";
import { temporaryFolder } from "../plan/gitops.ts";

import { startDashboard } from "./support/dashboard.ts";
import type { Dashboard } from "./support/dashboard.ts";
import { ask } from "./support/http.ts";

const host = "dashboard.example.com";
let server: KubernetesServer;
let dashboard: Dashboard;
let base: URL;

beforeAll(async () => {
  server = await startKubernetes();
  give(server);
  const { default: getPort } = await import("get-port");
  const port = await getPort({ host: "127.0.0.1" });
  const args = ["--kubeconfig", server.kubeconfig, "--behind-proxy", host, "--port", `${port}`];
  dashboard = await startDashboard(temporaryFolder(), args);
  base = new URL(`http://127.0.0.1:${port}`);
});
afterAll(async () => {
  await dashboard?.interrupt();
  await server.close();
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  ask(base, path, { headers: { host, ...headers } });

describe("gitops dashboard behind an ingress", () => {
  test("is open to whoever the ingress lets through, by its name, and shows who that is", async () => {
    expect(dashboard.announced).toEqual([{ version: 1, url: `https://${host}/`, another: false, readOnly: true }]);
    expect((await get("/")).status).toBe(200);
    const session = (await get("/api/session", {
      "x-auth-request-user": "ann",
      "x-auth-request-email": "ann@example.com",
    })) as { readonly json: () => unknown };
    expect(session.json()).toMatchObject({
      viewer: { name: "ann", email: "ann@example.com" },
      readOnly: true,
      actions: [],
      csrfToken: null,
      history: false,
    } satisfies Partial<Session>);
    expect((await get("/api/session")).json()).toMatchObject({ viewer: null });
    expect((await get("/api/snapshot")).json()).toMatchObject({ cluster: host, problem: null });
  });

  test("answers by no other name, but tells a probe that it lives", async () => {
    expect((await ask(base, "/", { headers: { host: base.host } })).status).toBe(403);
    expect((await ask(base, "/healthz", { headers: { host: base.host } })).status).toBe(200);
  });

  test("does nothing for anybody", async () => {
    const headers = { host, "origin": `https://${host}`, "content-type": "application/json", "x-csrf-token": "" };
    const answer = await ask(base, "/api/actions/rollback", { method: "POST", headers }, "{}");
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("read-only")]);
  });

  test("has no history without a clone, and says so", async () => {
    const answer = await get("/api/history/app");
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining("--directory")]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import type { ActionResponse } from "../../../cli/dashboard/model.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, give } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import { at, makeRepositories, overlay, overlayFile } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

import { signIn, startDashboard } from "./support/dashboard.ts";
import type { Browser, Dashboard } from "./support/dashboard.ts";

const base = { "apps/app/base/kustomization.yaml": "configMapGenerator: [{ name: c, literals: [a=b] }]\n" };

let server: KubernetesServer;
let git: Repositories;
let folder: string;
let dashboard: Dashboard;
let browser: Browser;
let [first, second]: string[] = [];

beforeAll(async () => {
  server = await startKubernetes();
  folder = temporaryFolder();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.answers.clear();
  git = await makeRepositories();
  first = await git.commit("Release app 1", { ...base, [overlayFile]: overlay("1.0.0") }, at(0));
  second = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") }, at(60));
  give(server, application({ environment: "dev", revision: second, synced: [first, second] }));
});
afterEach(async () => {
  await dashboard?.interrupt();
  await git.remove();
});

async function start(...args: readonly string[]): Promise<void> {
  dashboard = await startDashboard(folder, ["--kubeconfig", server.kubeconfig, "--directory", git.clone, ...args]);
  browser = await signIn(dashboard);
}

const rollback = { application: "app", environment: "dev" } as const;

describe("an action of the page", () => {
  test("is the command itself: the same commit, in the name of who started it", async () => {
    await start("--allow-actions");
    expect(browser.session).toMatchObject({
      readOnly: false,
      viewer: { name: "Ann Example", email: "ann@example.com" },
      actions: ["approve", "promote", "rollback", "freeze", "unfreeze"],
    });
    const reason = "wrong prices; $(touch /tmp/x) --to=main";
    const preview = await browser.act("rollback", { ...rollback, reason, dryRun: true });
    expect(preview.json()).toMatchObject({
      outcome: "done",
      document: { dryRun: true, preview: { difference: expect.stringContaining("+  newTag: 1.0.0") } },
    });
    expect(await git.log()).toEqual([second, first]);

    const done = (await browser.act("rollback", { ...rollback, reason })).json() as ActionResponse;
    expect(done).toMatchObject({ version: 1, action: "rollback", outcome: "done", exitCode: 0 });
    expect(done.command).toMatch(/^gitops rollback app --env=dev '--reason=wrong prices; \$\(touch/);
    const [commit = ""] = await git.log();
    expect(done.document).toMatchObject({ commit, reverted: [second] });
    await git.git("fetch", "--quiet", "origin");
    const message = await git.git("log", "-1", "--format=%an <%ae>%n%B", commit);
    expect(message).toContain("Ann Example <ann@example.com>");
    expect(message).toContain(`Reason: ${reason}`);
  });

  test("shows a refusal in the command's own words", async () => {
    await start("--allow-actions");
    give(server, application({ environment: "dev", revision: first ?? "", synced: [first ?? ""] }));
    const said = (await browser.act("rollback", rollback)).json() as ActionResponse;
    const args = ["rollback", "app", "--env", "dev", "--json"];
    const person = { GIT_AUTHOR_NAME: "Ann Example", GIT_AUTHOR_EMAIL: "ann@example.com" };
    const where = ["--kubeconfig", server.kubeconfig, "--directory", git.clone];
    const { stdout, exitCode } = await gitops(folder, [...args, ...where], person);
    const document = JSON.parse(stdout) as { readonly reason: string };
    expect(document.reason).toMatch(/newer|first deployment/);
    expect(said).toMatchObject({ outcome: "refused", exitCode, message: document.reason, document });
    expect(await git.log()).toEqual([second, first]);

    const emergency = (await browser.act("rollback", { ...rollback, emergency: true })).json();
    expect(emergency).toMatchObject({ outcome: "failed", exitCode: 2, message: expect.stringContaining("reason") });
  });

  test("needs the token of the session, the page of this server, and JSON", async () => {
    await start("--allow-actions");
    const origin = `http://evil.example:${dashboard.base.port}`;
    const attempts = [
      browser.act("rollback", rollback, { "x-csrf-token": "" }),
      browser.act("rollback", rollback, { "x-csrf-token": "A".repeat(43) }),
      browser.act("rollback", rollback, { origin }),
      browser.act("rollback", rollback, { origin: "null" }),
      browser.act("rollback", rollback, { origin: "" }),
      // As after DNS rebinding: both name the stranger.
      browser.act("rollback", rollback, { origin, host: `evil.example:${dashboard.base.port}` }),
      browser.act("rollback", rollback, { "sec-fetch-site": "same-site" }),
    ];
    for (const attempt of attempts) expect((await attempt).status).toBe(403);
    expect((await browser.act("rollback", rollback, { "content-type": "text/plain" })).status).toBe(415);
    expect((await browser.act("rollback", rollback, { cookie: "none=1" })).status).toBe(401);
    const other = await signIn(dashboard);
    const foreign = await other.act("rollback", rollback, { "x-csrf-token": browser.session.csrfToken ?? "" });
    expect(foreign.status).toBe(403);
    expect(await git.log()).toEqual([second, first]);
  });

  test("is refused before anything runs when it is not what the command takes", async () => {
    await start("--allow-actions");
    const wrong = [
      ["rollback", { ...rollback, application: "--help" }, /application: is no name/],
      ["rollback", { ...rollback, application: "../app" }, /application: is no name/],
      ["rollback", { ...rollback, environment: "live" }, /environment: /],
      ["rollback", { ...rollback, to: "--all" }, /to: is no commit/],
      ["rollback", { ...rollback, reason: "a\nTrailer: b" }, /reason: is one line/],
      ["rollback", { ...rollback, kubeconfig: "/tmp/mine" }, /kubeconfig/],
      ["promote", { from: "dev" }, /to: /],
      ["freeze", { environment: "prod", until: "1h" }, /reason: /],
      ["approve", [], /request: /],
    ] as const;
    for (const [name, request, words] of wrong) {
      const answer = await browser.act(name, request as never);
      expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(words)]);
    }
    expect((await browser.act("rollback", { ...rollback, reason: "a".repeat(20_000) })).status).toBe(413);
    expect((await browser.act("constructor" as never, rollback as never)).status).toBe(404);
  });

  test("is refused while the page is read-only, which it is by default", async () => {
    await start();
    expect(browser.session).toMatchObject({ readOnly: true, actions: [], csrfToken: null });
    const answer = await browser.act("rollback", rollback);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("--allow-actions");
    expect(await git.log()).toEqual([second, first]);
  });

  test("waits for no other one: the second is refused", async () => {
    await start("--allow-actions");
    const dry = { ...rollback, dryRun: true };
    const answers = await Promise.all([browser.act("rollback", dry), browser.act("rollback", dry)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect } from "@jest/globals";

import type { ApplicationStatus, StatusDocument } from "../../../cli/status/model.ts";
import { copyProject } from "../../support/project-copy.ts";
import { eventually } from "../support/eventually.ts";
import { ThrowAwayPlatform } from "../support/platform.ts";
import { scenario, timeouts } from "../support/scenario.ts";

import { closedMaintenance, opensIn, setStrategies } from "./strategies.ts";

/** core-trading outside business hours, reporting on schedule, risk-control at any hour: as prod declares them. */
const maintenance = closedMaintenance();

let project: string;
let platform: ThrowAwayPlatform | undefined;
const get = (): ThrowAwayPlatform => {
  if (platform === undefined) throw new Error("the platform did not start");
  return platform;
};

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "gitops-windows-"));
  await copyProject(project);
  platform = await ThrowAwayPlatform.create(project);
  await platform.start();
  // Six hours ahead: closed until a scenario says otherwise. What was deployed before stays.
  await setStrategies(project, { "core-trading": maintenance, "reporting": opensIn(360).strategy });
  await platform.start();
}, timeouts.start);

afterAll(async () => {
  await platform?.remove();
  await rm(project, { recursive: true, force: true });
}, timeouts.stop);

interface Reconciled {
  readonly status: {
    readonly reconciledAt: string;
    readonly operationState?: { readonly startedAt: string; readonly syncResult?: { readonly revision: string } };
  };
}

async function statusOf(on: ThrowAwayPlatform, application: string): Promise<ApplicationStatus> {
  const { all, stdout } = await on.gitops(["status", application, "--env", "prod", "--json"]);
  const found = stdout === "" ? undefined : (JSON.parse(stdout) as StatusDocument).applications[0];
  if (found === undefined) throw new Error(`gitops status: ${all}`);
  return found;
}

async function reconciled(on: ThrowAwayPlatform, application: string): Promise<Reconciled["status"]> {
  const { stdout } = await on.kubectl(["get", "application", "-n", "argocd", `${application}-prod`, "-o", "json"]);
  return (JSON.parse(stdout) as Reconciled).status;
}

const hasIngress = async (on: ThrowAwayPlatform, name: string): Promise<boolean> =>
  (await on.kubectl(["get", "ingress", name, "-n", "prod", "-o", "name"])).exitCode === 0;

/** Commits something small to prod, without waiting. @returns the commit */
async function push(on: ThrowAwayPlatform, application: string, host: string): Promise<string> {
  const { checkout } = on;
  await checkout.git("fetch", "--quiet", "local");
  await checkout.git("checkout", "--quiet", "--detach", "local/main");
  const commit = await checkout.setHost(application, "prod", host);
  await checkout.push("main", false);
  return commit;
}

describe("outside its window", () => {
  scenario("a commit waits, and is shown as waiting with the next opening", get, async (on) => {
    const commit = await push(on, "core-trading", "waits.example.com");
    const status = await eventually(async () => {
      const now = await statusOf(on, "core-trading");
      expect(now).toMatchObject({ wanted: commit, sync: "OutOfSync", waitsFor: "window" });
      return now;
    });
    expect(status.running).not.toBe(commit);
    expect(status.state).toBe("waiting");
    expect(status.windows).toMatchObject({ automatic: false, manual: true, openUntil: null });
    expect(Date.parse(status.windows?.opensAt ?? "")).toBeGreaterThan(Date.now());
    expect(status.windows?.message).toContain(`${maintenance["time"]} America/New_York`);
    const { all } = await on.gitops(["status", "core-trading", "--env", "prod"]);
    expect(all).toContain("opens");
  });

  scenario(
    "a change by hand stays as long as the window is closed; at any hour elsewhere it is healed",
    get,
    async (on) => {
      const before = await reconciled(on, "core-trading");
      for (const name of ["core-trading", "risk-control"]) {
        const deleted = await on.kubectl(["delete", "ingress", name, "-n", "prod"]);
        expect(deleted).toMatchObject({ exitCode: 0 });
      }
      await eventually(async () => expect(await hasIngress(on, "risk-control")).toBe(true));
      // Argo CD has looked again after the change, and has left it.
      await on.kubectl([
        "annotate",
        "application",
        "core-trading-prod",
        "-n",
        "argocd",
        "argocd.argoproj.io/refresh=normal",
      ]);
      await eventually(async () => {
        const { reconciledAt } = await reconciled(on, "core-trading");
        expect(Date.parse(reconciledAt)).toBeGreaterThan(Date.parse(before.reconciledAt));
      });
      expect(await hasIngress(on, "core-trading")).toBe(false);
    },
  );

  scenario("a rollback is refused, with the next opening; an emergency gets through", get, async (on) => {
    const bad = await push(on, "core-trading", "bad.example.com");
    await on.untilOne("core-trading-prod", ({ sync }) => sync === "OutOfSync");
    // A person lets it in by hand.
    const { exitCode, all } = await on.argocd("deployer", "app", "sync", "core-trading-prod");
    expect({ exitCode, all: exitCode === 0 ? "" : all }).toEqual({ exitCode: 0, all: "" });
    await eventually(async () => expect((await statusOf(on, "core-trading")).running).toBe(bad));

    const args = ["rollback", "core-trading", "--env", "prod", "--reason", "orders are lost", "--directory", "."];
    const refused = await on.gitops(args);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.all).toContain("opens");
    expect(refused.all).toContain("--emergency");

    const done = await on.gitops([...args, "--emergency"]);
    expect(done).toMatchObject({ exitCode: 0 });
    const status = await eventually(async () => {
      const now = await statusOf(on, "core-trading");
      expect(now.running).not.toBe(bad);
      expect(now).toMatchObject({ sync: "Synced" });
      return now;
    });
    const message = await on.checkout.git("log", "-1", "--format=%B", status.running ?? "");
    expect(message).toContain(`Reverted-commit: ${bad}`);
    expect(message).toContain("Emergency: orders are lost");
    expect(await hasIngress(on, "core-trading")).toBe(true);
  });
});

describe("at any hour", () => {
  scenario("risk-control follows Git at once", get, async (on) => {
    const commit = await push(on, "risk-control", "at-once.example.com");
    await eventually(async () => {
      expect(await statusOf(on, "risk-control")).toMatchObject({ running: commit, sync: "Synced", waitsFor: null });
    });
  });
});

describe("when the window opens", () => {
  scenario("what waited is synced, and not before", get, async (on) => {
    const commit = await push(on, "reporting", "on-schedule.example.com");
    await eventually(async () => {
      expect(await statusOf(on, "reporting")).toMatchObject({ wanted: commit, waitsFor: "window", state: "waiting" });
    });
    // It does not wait for the window: that may be hours.
    await on.start();
    expect(await statusOf(on, "reporting")).toMatchObject({ waitsFor: "window" });
    const { strategy, opensAt } = opensIn(1);
    await setStrategies(project, { "core-trading": maintenance, "reporting": strategy });
    await on.start();
    await eventually(async () => {
      expect(await statusOf(on, "reporting")).toMatchObject({ running: commit, sync: "Synced", waitsFor: null });
      // Argo CD looks again once a minute (local/argocd/configuration.ts): an opening starts no reconciliation.
    }, 240);
    const { operationState } = await reconciled(on, "reporting");
    expect(operationState?.syncResult?.revision).toBe(commit);
    expect(Date.parse(operationState?.startedAt ?? "")).toBeGreaterThanOrEqual(opensAt.getTime());
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect } from "@jest/globals";

import type { AuditDocument } from "../../../cli/audit/model.ts";
import type { HistoryDocument, HistoryEntry } from "../../../cli/history/model.ts";
import type { ApplicationStatus, StatusDocument } from "../../../cli/status/model.ts";
import { copyProject } from "../../support/project-copy.ts";
import { eventually } from "../support/eventually.ts";
import { ThrowAwayPlatform } from "../support/platform.ts";
import type { CommandResult, Person } from "../support/platform.ts";
import { scenario, timeouts } from "../support/scenario.ts";
import { opensIn, setStrategies } from "../windows/strategies.ts";

import { ada, grace, mergeFeature, pushErrors, tag } from "./people.ts";
import { quickAnalyses } from "./quick-analysis.ts";

/** Its prod has a gate that a person opens. */
const application = "core-trading";

let project: string;
let platform: ThrowAwayPlatform | undefined;
const get = (): ThrowAwayPlatform => {
  if (platform === undefined) throw new Error("the platform did not start");
  return platform;
};

/** What happened, for the scenarios that tell it again. */
const story: { bad?: string; began: string } = { began: "" };

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "gitops-story-"));
  await copyProject(project);
  platform = await ThrowAwayPlatform.create(project);
  await quickAnalyses(platform);
  story.began = new Date().toISOString();
  await platform.start();
  // Closed for hours, until a scenario opens it.
  await setStrategies(project, { [application]: opensIn(360).strategy });
  await platform.start();
}, timeouts.start);

afterAll(async () => {
  await platform?.remove();
  await rm(project, { recursive: true, force: true });
}, timeouts.stop);

async function statusIn(on: ThrowAwayPlatform, environment: string): Promise<ApplicationStatus> {
  const { stdout, all } = await on.gitops(["status", application, "--env", environment, "--json"]);
  const found = stdout === "" ? undefined : (JSON.parse(stdout) as StatusDocument).applications[0];
  if (found === undefined) throw new Error(`gitops status: ${all}`);
  return found;
}

function until(
  on: ThrowAwayPlatform,
  environment: string,
  wanted: object,
  seconds?: number,
): Promise<ApplicationStatus> {
  return eventually(async () => {
    const status = await statusIn(on, environment);
    expect(status).toMatchObject(wanted);
    return status;
  }, seconds);
}

const approve = (on: ThrowAwayPlatform, environment: string, person: Person): Promise<CommandResult> =>
  on.gitops(["approve", application, "--env", environment, "--message", "as discussed"], person);

const promote = (on: ThrowAwayPlatform, from: string, to: string): Promise<CommandResult> =>
  on.gitops(["promote", application, "--from", from, "--to", to], ada);

const image = expect.stringContaining(`:${tag}`);

describe("a change on its way", () => {
  scenario("from a feature branch it comes to dev by itself", get, async (on) => {
    const running = await mergeFeature(on.checkout, application);
    await until(on, "dev", { running, image, state: "well" });
  });

  scenario("promoted to staging, it waits there for a person", get, async (on) => {
    expect(await promote(on, "dev", "staging")).toMatchObject({ exitCode: 0 });
    const status = await until(on, "staging", { sync: "OutOfSync", waitsFor: "sync", state: "waiting" });
    expect(status.image).not.toEqual(image);
    // What is there already is promoted no second time.
    const head = await on.checkout.git("ls-remote", "local", "refs/heads/release");
    expect(await promote(on, "dev", "staging")).toMatchObject({ exitCode: 0 });
    expect(await on.checkout.git("ls-remote", "local", "refs/heads/release")).toBe(head);
  });

  scenario("is refused for prod while staging has not had it", get, async (on) => {
    const refused = await promote(on, "staging", "prod");
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.all).toContain("OutOfSync");
  });

  scenario("approved by another person, it comes to staging", get, async (on) => {
    expect(await approve(on, "staging", grace)).toMatchObject({ exitCode: 0 });
    await until(on, "staging", { sync: "Synced", image, state: "well" });
  });

  scenario("promoted to prod, it waits for its window, and comes when that opens", get, async (on) => {
    expect(await promote(on, "staging", "prod")).toMatchObject({ exitCode: 0 });
    await until(on, "prod", { sync: "OutOfSync", waitsFor: "window", state: "waiting" });
    await setStrategies(project, { [application]: opensIn(0).strategy });
    await on.start();
    await until(on, "prod", { sync: "Synced", waitsFor: "promotion" }, 240);
  });

  scenario("its author may not let it through to the users; another person may", get, async (on) => {
    const refused = await approve(on, "prod", ada);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.all).toContain(ada.email);
    expect(await statusIn(on, "prod")).toMatchObject({ waitsFor: "promotion" });
    expect(await approve(on, "prod", grace)).toMatchObject({ exitCode: 0 });
    await until(on, "prod", { image, state: "well" });
  });
});

describe("a bad release in prod", () => {
  scenario("is refused, and Git goes back by itself", get, async (on) => {
    const bad = await pushErrors(on.checkout, application);
    story.bad = bad;
    await until(on, "prod", { wanted: bad });
    await eventually(async () => {
      const log = await on.checkout.git("ls-remote", "local", "refs/heads/main");
      expect(log.split("\t")[0]).not.toBe(bad);
    }, 240);
    // What was brought back is analysed too, and waits at the same gate.
    await until(on, "prod", { waitsFor: "promotion" });
    expect(await approve(on, "prod", grace)).toMatchObject({ exitCode: 0 });
    await until(on, "prod", { image, sync: "Synced", state: "well" });
  });
});

/** What people and the platform decided in prod, oldest first. */
function decisions(entries: AuditDocument["entries"]): readonly string[] {
  return entries
    .filter(({ environments }) => environments.includes("prod"))
    .toSorted((a, b) => a.time.localeCompare(b.time))
    .map(({ kind }) => kind)
    .filter((kind) => ["promotion", "approval-refused", "approval", "rollback", "recovery"].includes(kind));
}

describe("what happened", () => {
  scenario("is told by the history of prod", get, async (on) => {
    const { stdout } = await on.gitops(["history", application, "--env", "prod", "--json"]);
    const { deployments } = JSON.parse(stdout) as HistoryDocument;
    const [rollback, bad, release] = deployments as [HistoryEntry, HistoryEntry, HistoryEntry];
    expect(rollback).toMatchObject({ kind: "rollback", outcome: "running", takesBack: [story.bad] });
    expect(bad).toMatchObject({ revision: story.bad, outcome: "rolled-back", rolledBackBy: rollback.revision });
    expect(release.approvals.map(({ by }) => by)).toEqual([expect.stringContaining(grace.email)]);
    for (const { records } of [rollback, bad, release]) {
      expect(records).toContainEqual(expect.objectContaining({ action: "deployed", outcome: "Succeeded" }));
    }
  });

  scenario("is in the audit trail, in this order, and the trail verifies", get, async (on) => {
    const args = ["audit", "--since", story.began, "--app", application];
    // The recovery counts once the health has lasted; Argo CD's notifications look once a minute.
    const entries = await eventually(async () => {
      const { stdout } = await on.gitops([...args, "--format", "json"]);
      const found = (JSON.parse(stdout) as AuditDocument).entries;
      expect(decisions(found)).toEqual([
        "promotion",
        "approval-refused",
        "approval",
        "rollback",
        "approval",
        "recovery",
      ]);
      return found;
    }, 240);
    const staging = entries.filter(({ environments }) => environments.includes("staging")).map(({ kind }) => kind);
    expect(staging).toEqual(expect.arrayContaining(["promotion", "approval", "deployment"]));
    expect(await on.gitops(["audit", "--verify"])).toMatchObject({ exitCode: 0 });
  });
});

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import type { AuditDocument, AuditEntry } from "../../../cli/audit/model.ts";
import { addRecord } from "../../../cli/recovery/notes.ts";
import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";
import { at, makeRepositories, overlay, overlayFile, report } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

import { event } from "./kubernetes-events.ts";

let git: Repositories;
let folder: string;
let bad: string;
let back: string;

const freezes = "infra/calendar/freezes.yaml";
const freeze = (reason: string): string =>
  `freezes:\n  - environment: prod\n    applications: [app]\n    from: 2026-03-02T11:00Z\n    until: 2026-03-05T11:00Z\n` +
  `    reason: ${reason}\n    by: Ann\n`;
const waiver = "- { policy: some-policy, resource: a::b, owner: team, reason: not yet, expires: 2026-09-01 }\n";

/** What may happen in a day: releases, a rollback, a freeze and its end, a waiver, a promotion, approvals. */
async function story(): Promise<void> {
  git = await makeRepositories();
  folder = temporaryFolder();
  await git.commit("Release app 1\n\nApproved-by: Ann <ann@example.com>", { [overlayFile]: overlay("1") }, at(0));
  bad = await git.commit("=cmd|' /C calc'!A0\n\nBecause it is wanted.", { [overlayFile]: overlay("2") }, at(60));
  writeFiles(folder, { "event.json": JSON.stringify(report(bad)) });
  const args = ["on-failure", "--event", "event.json", "--directory", git.clone, "--no-render"];
  expect(await gitops(folder, args)).toMatchObject({ exitCode: 0 });
  back = (await git.log())[0] ?? "";
  await git.commit("Freeze prod", { [freezes]: freeze("closing") }, at(120));
  await git.commit("Waive some-policy", { "policies/waivers.yaml": waiver }, at(180));
  await git.commit("Unfreeze prod\n\nIt is done.", { [freezes]: "freezes: []\n" }, at(240));
  const promoted =
    "Promote app\n\nApplication: app\nEnvironment: staging\nPromoted-from: dev\nRequested-by: Bob <bob@example.com>";
  await git.commit(promoted, { "apps/app/overlays/staging/kustomization.yaml": overlay("1") }, at(300));
  const urgent =
    "Roll app back\n\nApplication: app\nEnvironment: prod\nRolled-back-from: x\nEmergency: orders are lost";
  await git.commit(urgent, { "apps/app/overlays/prod/kustomization.yaml": overlay("1") }, at(360));
  for (const branch of ["develop", "release"]) await git.git("push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
}

const run = (...args: readonly string[]) =>
  gitops(folder, ["audit", "--since", "2026-03-01", "--directory", git.clone, ...args]);

async function trail(...args: readonly string[]): Promise<AuditDocument> {
  const { stdout, stderr, exitCode } = await run("--json", "--order", "oldest", ...args);
  expect([stderr, exitCode]).toEqual(["", 0]);
  return JSON.parse(stdout) as AuditDocument;
}

const of = (entries: readonly AuditEntry[], kind: string) => entries.filter((entry) => entry.kind === kind);

describe("gitops audit", () => {
  beforeAll(story);
  afterAll(() => git.remove());

  test("tells once what both a commit and its record tell", async () => {
    const [rollback, ...others] = of((await trail()).entries, "rollback");
    expect(others).toEqual([]);
    expect(rollback).toMatchObject({ who: "gitops platform <platform@gitops.invalid>", environments: ["dev"] });
    expect(rollback?.evidence).toEqual([
      { type: "commit", id: back },
      { type: "note", id: expect.stringMatching(/^[0-9a-f]{40}$/) },
    ]);
  });

  test("filters by kind, environment, application and time", async () => {
    const kinds = async (...args: readonly string[]) => (await trail(...args)).entries.map(({ kind }) => kind);
    expect(await kinds("--kind", "freeze", "--kind", "waiver")).toEqual(["freeze", "waiver"]);
    expect(await kinds("--env", "staging", "--app", "app")).toEqual(["approval", "promotion"]);
    expect(await kinds("--app", "other")).toEqual([]);
    expect(await kinds("--since", at(170).toISOString(), "--until", at(245).toISOString())).toEqual([
      "waiver",
      "unfreeze",
    ]);
  });

  test("reads the Kubernetes audit log from a file", async () => {
    writeFileSync(join(folder, "k8s.log"), `${JSON.stringify(event({ code: 403 }))}\n`);
    const { entries } = await trail("--kubernetes-audit-log", "k8s.log", "--kind", "denied");
    expect(entries).toMatchObject([{ who: "ann", what: "get secrets prod/db" }]);
  });

  test("writes CSV that runs nothing in a spreadsheet, to a file", async () => {
    const { stderr, exitCode } = await run("--format", "csv", "--out", "trail.csv", "--kind", "change");
    expect([stderr, exitCode]).toEqual(['2 entries are in "trail.csv"', 0]);
    const [head, newest] = readFileSync(join(folder, "trail.csv"), "utf8").split("\r\n");
    expect(head).toBe("time,kind,who,environments,applications,what,why,evidence");
    expect(newest).toContain(`,"'=cmd|' /C calc'!A0",Because it is wanted.,commit ${bad}`);
    expect(statSync(join(folder, "trail.csv")).mode & 0o777).toBe(0o600);
  });

  test("draws a table for people", async () => {
    const { stdout, exitCode } = await run("--kind", "emergency");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/2026-03-02 10:06:00 .* emergency .* A Person .* prod .* Roll app back/);
    expect(stdout).toContain("orders are lost");
  });

  test("says, and its exit code too, that there are more entries than are told", async () => {
    const { stdout, stderr, exitCode } = await run("--limit", "1", "--format", "csv");
    expect(exitCode).toBe(1);
    expect(stdout.trim().split("\r\n")).toHaveLength(2);
    expect(stderr).toMatch(/^warning: \d+ older entries are left out/);
  });
});

describe("gitops audit, of a story that goes on,", () => {
  beforeEach(story);
  afterEach(() => git.remove());

  test("tells what happened, in order, with who, why and evidence", async () => {
    const record = { version: 1, application: "app", revision: bad } as const;
    const workspace = { repository: git.clone };
    const said = { environment: "prod", reason: "four eyes", by: "Cy <cy@example.com>" };
    await addRecord(workspace, bad, { ...record, ...said, time: at(400).toISOString(), action: "approval-refused" });
    const sync = { environment: "dev", reason: "synced", outcome: "Failed", seconds: 7 } as const;
    await addRecord(workspace, bad, { ...record, ...sync, time: at(500).toISOString(), action: "deployed" });
    const { entries, sources, warnings } = await trail();

    expect(warnings).toEqual([]);
    expect(sources).toMatchObject([
      { name: "branches develop, release, main", state: "read", read: 8 },
      { name: "refs/notes/deployments", state: "read", read: 3 },
      { name: "Kubernetes audit log", state: "not-asked" },
    ]);
    expect(entries.map(({ time }) => time)).toEqual(entries.map(({ time }) => time).sort());
    // The rollback is made at the time of the test.
    const past = entries.filter(({ time }) => time < "2026-03-03");
    expect(
      past.map(({ kind, environments, applications }) => [kind, environments.join(), applications.join()]),
    ).toEqual([
      ["change", "dev", "app"],
      ["approval", "dev,staging,prod", "app"],
      ["change", "dev", "app"],
      ["freeze", "prod", "app"],
      ["waiver", "dev,staging,prod", ""],
      ["unfreeze", "prod", "app"],
      ["promotion", "staging", "app"],
      ["emergency", "prod", "app"],
      ["approval-refused", "prod", "app"],
      ["deployment", "dev", "app"],
    ]);
    expect(of(entries, "approval")).toMatchObject([{ who: "Ann <ann@example.com>" }]);
    expect(of(entries, "change")[1]).toMatchObject({
      who: "A Person <person@example.com>",
      why: "Because it is wanted.",
    });
    expect(of(entries, "freeze")).toMatchObject([
      { why: "closing", what: expect.stringContaining("2026-03-05T11:00Z") },
    ]);
    expect(of(entries, "unfreeze")).toMatchObject([{ why: "It is done." }]);
    expect(of(entries, "waiver")).toMatchObject([
      { why: "not yet", what: expect.stringContaining("some-policy for a::b") },
    ]);
    expect(of(entries, "promotion")).toMatchObject([{ who: "Bob <bob@example.com>" }]);
    expect(of(entries, "emergency")).toMatchObject([{ why: "orders are lost" }]);
    expect(of(entries, "approval-refused")).toMatchObject([{ who: "Cy <cy@example.com>", why: "four eyes" }]);
    expect(of(entries, "deployment")).toMatchObject([{ what: `deployed app ${bad.slice(0, 7)}: Failed in 7 s` }]);
  });

  test("tells what was recorded although somebody took it out again", async () => {
    await git.git("fetch", "--quiet", "origin", "refs/notes/deployments:refs/notes/deployments");
    await git.git("notes", "--ref=deployments", "remove", back);
    await git.git("push", "--quiet", "origin", "refs/notes/deployments");
    expect(of((await trail()).entries, "rollback")[0]?.evidence).toHaveLength(2);
    expect((await run("--verify")).exitCode).toBe(1);
  });

  test("says, and its exit code too, that a branch or a log could not be read, and tells the rest", async () => {
    await git.git("push", "--quiet", "origin", ":refs/heads/release");
    const { stdout, exitCode } = await run("--json", "--kubernetes-audit-log", "missing.log");
    const { entries, warnings } = JSON.parse(stdout) as AuditDocument;
    expect(exitCode).toBe(1);
    expect(entries.length).toBeGreaterThan(5);
    expect(warnings).toEqual([
      expect.stringMatching(/^branch release \(staging\): .*couldn't find remote ref/),
      expect.stringMatching(/^Kubernetes audit log missing.log: cannot be read/),
    ]);
  });

  test("says, and its exit code too, that a list is no YAML", async () => {
    await git.commit("Break it", { [freezes]: "freezes: {" }, at(420));
    const { stdout, exitCode } = await run("--json");
    expect(exitCode).toBe(1);
    expect((JSON.parse(stdout) as AuditDocument).warnings).toEqual([expect.stringContaining(freezes)]);
  });
});

describe("gitops audit refuses", () => {
  beforeAll(async () => {
    [git, folder] = [await makeRepositories(), temporaryFolder()];
  });
  afterAll(() => git.remove());

  test.each([
    [["--since", "yesterday"], "--since"],
    [["--since", "2026-03-01T10:00"], "--since"],
    [["--since", "2026-03-02", "--until", "2026-03-01"], "--until"],
    [["--kind", "party"], "no kind"],
    [["--format", "xml"], "csv"],
    [["--env", "production"], "no environment"],
    [["--limit", "0"], "no whole number"],
    [["--verify", "--expect", "notes=abc"], "--expect"],
    [["--verify", "--expect", `other=${"a".repeat(40)}`], "notes, develop, release, main"],
    [["--verify", "--allowed-signers", "nowhere"], "--allowed-signers"],
    [["--verify", "--format", "csv"], "--format"],
    [["--out", "/nowhere/trail.csv"], "--out"],
  ])("%j", async (args, words) => {
    const { stderr, exitCode } = await run(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });
});

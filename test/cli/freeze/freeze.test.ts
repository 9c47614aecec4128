import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";

import { runFreeze, runUnfreeze } from "../../../cli/freeze/run.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import { makeRepositories } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

const file = "infra/calendar/freezes.yaml";
const now = new Date("2026-11-23T12:00:30Z");
const person = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };

let git: Repositories;
let directory: string;
let printed: string[];

beforeEach(async () => {
  git = await makeRepositories();
  await git.commit("Begin", {
    "Pulumi.yaml": "name: example\nmain: index.ts\n",
    "index.ts": "",
    "apps/app/base/a": "1",
    "apps/reporting/base/a": "1",
    [file]: "# Who may freeze: the platform team.\nfreezes: []\n",
  });
  directory = (await git.git("rev-parse", "--show-toplevel")).trim();
  await git.git("config", "user.name", "Ann Operator");
  await git.git("config", "user.email", "ann@example.com");
  printed = [];
  const keep = (text: unknown) => void printed.push(String(text));
  jest.spyOn(console, "log").mockImplementation(keep);
  jest.spyOn(console, "error").mockImplementation(keep);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await git.remove();
});

const freeze = (fields: object = {}, at = now) =>
  runFreeze({ env: "prod", until: "36h", reason: "year-end closing", app: [], directory, ...fields }, at);
const unfreeze = (fields: object = {}, at = now) => runUnfreeze({ env: "prod", directory, ...fields }, at);
const head = async () => (await git.git("log", "-1", "--format=%B%an <%ae>", "--name-only")).trim();
const commits = async () => Number(await git.git("rev-list", "--count", "HEAD"));
const content = async () => git.git("show", `HEAD:${file}`);
const entries = async () => (parse(await content()) as { readonly freezes: readonly object[] }).freezes;
const report = () => JSON.parse(printed.join("\n")) as Record<string, unknown>;
const year = {
  environment: "prod",
  from: "2026-11-23T12:00Z",
  until: "2026-11-25T00:00Z",
  reason: "year-end closing",
  by: "Ann Operator",
};

describe("gitops freeze", () => {
  test("commits one entry, in the person's name, and keeps the comments of the file", async () => {
    expect(await freeze()).toBe(0);
    expect(await entries()).toEqual([year]);
    expect(await content()).toContain("# Who may freeze: the platform team.");
    const message = await head();
    expect(message).toContain("Freeze prod until 2026-11-25T00:00Z\n\nyear-end closing");
    expect(message).toContain("Frozen-until: 2026-11-25T00:00Z");
    expect(message).toContain("Ann Operator <ann@example.com>");
    expect(await git.git("status", "--porcelain")).toBe("");
  });

  test("leaves what else is changed or staged out of its commit", async () => {
    await git.git("rm", "--quiet", "apps/reporting/base/a");
    expect(await freeze()).toBe(0);
    expect(await git.git("show", "--name-only", "--format=", "HEAD")).toBe(file);
    expect(await git.git("diff", "--cached", "--name-only")).toBe("apps/reporting/base/a");
  });

  test("pushes only when it is told to", async () => {
    await freeze({ json: true });
    expect(report()).toMatchObject({ version: 1, outcome: "done", branch: "main", pushed: false });
    expect(await git.log()).toHaveLength((await commits()) - 1);
    printed = [];
    await freeze({ env: "dev", push: true, json: true, branch: "main" });
    expect(report()).toMatchObject({ outcome: "done", pushed: true });
    expect(await git.show(file)).toBe(await content());
  });

  test("pushes no branch that the environment is not deployed from", async () => {
    const before = await commits();
    await expect(freeze({ env: "dev", push: true })).rejects.toThrow('deployed from "develop"; git switch develop');
    await git.git("checkout", "--quiet", "--detach");
    await expect(freeze({ push: "origin" })).rejects.toThrow('--push "origin": no branch is checked out');
    expect(await commits()).toBe(before);
  });

  test("does the same a second time no more", async () => {
    const until = "2026-11-25T00:00Z";
    await freeze({ until });
    const before = await commits();
    expect(await freeze({ until, reason: "again" })).toBe(0);
    expect(printed.at(-1)).toContain("nothing: prod is frozen from 2026-11-23T12:00Z until 2026-11-25T00:00Z");
    expect(await freeze({ until, strict: true })).toBe(1);
    expect(await commits()).toBe(before);
  });

  test("changes nothing in a dry run, and shows the windows that it means", async () => {
    const before = await commits();
    expect(await freeze({ dryRun: true })).toBe(0);
    expect(printed.join("\n")).toContain('deny "0 12 23 11 *" for 12h, UTC');
    expect(await commits()).toBe(before);
    expect(await git.git("status", "--porcelain")).toBe("");
  });

  test("takes an instant with an offset, a later beginning, some applications and no exception", async () => {
    const from = "2026-12-24T18:00+01:00";
    expect(await freeze({ from, until: "2026-12-28T06:00Z", app: ["app"], strict: true })).toBe(0);
    expect(await entries()).toEqual([
      { ...year, applications: ["app"], from: "2026-12-24T17:00Z", until: "2026-12-28T06:00Z", strict: true },
    ]);
  });

  test("is refused while another freeze holds for the same applications, and not beside one", async () => {
    await freeze({ app: ["app"] });
    expect(await freeze({ app: ["reporting"] })).toBe(0);
    expect(await freeze({ env: "staging" })).toBe(0);
    expect(await freeze({ from: "2026-11-25T00:00Z", until: "1d", app: ["app"] })).toBe(0);
    const before = await commits();
    expect(await freeze({ until: "1h" })).toBe(1);
    expect(printed.at(-1)).toContain("prod is frozen from 2026-11-23T12:00Z until 2026-11-25T00:00Z by Ann Operator");
    expect(await commits()).toBe(before);
  });

  test("drops the freezes that are over", async () => {
    await freeze();
    await freeze({ env: "dev" }, new Date("2026-11-26T00:00Z"));
    expect(await entries()).toMatchObject([{ environment: "dev" }]);
  });

  test.each([
    ["a past instant", { until: "2026-11-22T00:00Z" }, '--until "2026-11-22T00:00Z": is past'],
    ["no time at all", { until: "0h" }, '--until "0h": is past'],
    ["an instant without an offset", { until: "2026-12-24T18:00" }, "no instant; give for example 36h"],
    ["an instant that is none", { until: "2026-13-24T18:00Z" }, "no instant"],
    ["words", { until: "tomorrow" }, '--until "tomorrow": no instant'],
    ["more than a quarter", { until: "91d" }, "allowed: 90 days at most"],
    ["a beginning that is far", { from: "200d" }, "too far ahead; allowed: 180 days"],
    ["an unknown application", { app: ["nosuch"] }, '"nosuch" has no folder under apps/; allowed: app, reporting'],
    ["a reason of two lines", { reason: "one\ntwo" }, "is not one line of text"],
  ])("refuses %s, and says what is allowed", async (_name, fields, message) => {
    const before = await content();
    await expect(freeze(fields)).rejects.toThrow(message);
    expect(await content()).toBe(before);
  });

  test("refuses to sweep up changes of the file that are not committed", async () => {
    await git.git("config", "core.autocrlf", "false");
    await freeze();
    await git.git("rm", "--quiet", "--cached", file);
    await expect(freeze({ env: "dev" })).rejects.toThrow("has changes that are not committed");
  });

  test("ends with 2 for an unknown environment, and with 0 when it is asked for help", async () => {
    const args = ["freeze", "--env", "qa", "--until", "1h", "--reason", "x"];
    const wrong = await gitops(temporaryFolder(), args);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("dev, staging, prod") });
    const help = await gitops(temporaryFolder(), ["freeze", "--help"]);
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Examples:") });
  });

  test("works as a person runs it", async () => {
    const args = ["freeze", "--env", "prod", "--until", "2h", "--reason", "incident", "--json"];
    const { stdout, stderr, exitCode } = await gitops(directory, args, person);
    expect([stderr, exitCode]).toEqual(["", 0]);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, action: "freeze", outcome: "done", branch: "main" });
    const nothing = await gitops(directory, ["unfreeze", "--env", "staging"], person);
    expect(nothing).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("nothing is frozen in staging") });
  });
});

describe("gitops unfreeze", () => {
  test("removes the environment's freezes, to come as well, and no others", async () => {
    await freeze();
    await freeze({ from: "10d", until: "1d" });
    await freeze({ env: "dev" });
    expect(await unfreeze({ reason: "closing is done" })).toBe(0);
    expect(await entries()).toMatchObject([{ environment: "dev" }]);
    expect(await head()).toContain("Unfreeze prod\n\nclosing is done");
    await unfreeze({ env: "dev" });
    expect(await content()).toBe("# Who may freeze: the platform team.\nfreezes: []");
  });

  test("takes one application out of a freeze of several", async () => {
    await freeze({ app: ["app", "reporting"] });
    expect(await unfreeze({ app: "reporting" })).toBe(0);
    expect(await entries()).toEqual([{ ...year, applications: ["app"] }]);
  });

  test("does nothing where nothing is frozen, and is refused for one application where all are", async () => {
    const before = await commits();
    expect(await unfreeze()).toBe(0);
    expect(await commits()).toBe(before);
    await freeze();
    expect(await unfreeze({ app: "app" })).toBe(1);
    expect(printed.at(-1)).toContain("all applications of prod are frozen");
    expect(await unfreeze({ json: true }, new Date("2026-11-26T00:00Z"))).toBe(0);
    expect(JSON.parse(printed.at(-1) ?? "")).toMatchObject({ outcome: "nothing" });
    expect(await commits()).toBe(before + 1);
  });

  test("changes nothing in a dry run", async () => {
    await freeze();
    expect(await unfreeze({ dryRun: true })).toBe(0);
    expect(await entries()).toEqual([year]);
  });
});

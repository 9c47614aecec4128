import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

import { gitops } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { makeRepositories } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";
import { startGitHubPulls } from "../repository/github-pulls.ts";
import type { GitHubPulls } from "../repository/github-pulls.ts";

const file = "infra/calendar/freezes.yaml";
const person = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };

let git: Repositories;
let github: GitHubPulls;
let directory: string;

beforeEach(async () => {
  [git, github] = [await makeRepositories(), await startGitHubPulls()];
  const files = { "Pulumi.yaml": "name: example\nmain: index.ts\n", "index.ts": "", "apps/app/base/a": "1" };
  await git.commit("Begin", { ...files, [file]: "# Ours.\nfreezes: []\n" });
  directory = (await git.git("rev-parse", "--show-toplevel")).trim();
});
afterEach(async () => {
  await github.close();
  await git.remove();
});

const run = (command: string, ...args: readonly string[]): Promise<Ran> =>
  gitops(directory, [command, "--env", "prod", "--host", "github", ...args], { ...person, ...github.environment });
const freeze = (...args: readonly string[]): Promise<Ran> =>
  run("freeze", "--until", "36h", "--reason", "year-end closing", ...args);

const entries = async (branch: string) =>
  (parse(await git.show(file, branch)) as { readonly freezes: readonly object[] }).freezes;

describe("gitops freeze, on GitHub", () => {
  test("proposes the freeze to the branch of the environment in one pull request, beside what is checked out", async () => {
    await git.git("switch", "--quiet", "--create", "feature");
    const before = await git.git("rev-parse", "HEAD");
    const { stdout, stderr, exitCode } = await freeze("--json");
    expect([stderr, exitCode]).toEqual(["", 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: "proposed",
      branch: "freeze/prod",
      pullRequest: { number: 1, outcome: "created" },
    });
    expect(github.pulls).toMatchObject([{ head: "freeze/prod", base: "main" }]);
    expect(github.pulls[0]?.body).toContain("year-end closing");
    expect(github.pulls[0]?.body).toContain("Frozen-environment: prod");
    expect(await entries("freeze/prod")).toMatchObject([{ environment: "prod", by: "Ann Operator" }]);
    expect(await entries("main")).toEqual([]);
    expect(await git.git("rev-parse", "HEAD")).toBe(before);
    expect(await git.git("status", "--porcelain")).not.toContain(file);

    expect(await freeze()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("pull request 1") });
    expect(github.pulls).toHaveLength(1);
    // Another proposal does not replace it.
    expect(await freeze("--app", "app")).toMatchObject({ exitCode: 0 });
    expect(github.pulls.map(({ head }) => head)).toEqual(["freeze/prod", "freeze/prod-app"]);
  });

  test("ends a freeze by a pull request, and does nothing where none is", async () => {
    expect(await run("unfreeze")).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("nothing is frozen") });
    expect(github.pulls).toEqual([]);
    await freeze("--host", "none", "--push");
    expect(await run("unfreeze", "--reason", "it is done")).toMatchObject({ exitCode: 0 });
    expect(github.pulls).toMatchObject([{ head: "unfreeze/prod", title: "Unfreeze prod" }]);
    expect(await entries("unfreeze/prod")).toEqual([]);
  });

  test("writes nothing with --dry-run, nor where it is refused", async () => {
    const dry = await freeze("--dry-run");
    expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("would freeze prod") });
    await freeze("--host", "none", "--push");
    expect(await freeze("--strict")).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("is frozen from") });
    expect(github.pulls).toEqual([]);
    expect(await git.git("ls-remote", "origin", "refs/heads/freeze/*")).toBe("");
  });

  test("refuses a pull request where there are none, and both ways at once", async () => {
    const plain = await freeze("--host", "none", "--pull-request");
    expect(plain).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("plain Git") });
    expect(await freeze("--pull-request", "--push")).toMatchObject({ exitCode: 2 });
    expect(await freeze("--branch", "nowhere")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("nowhere"),
    });
  });
});

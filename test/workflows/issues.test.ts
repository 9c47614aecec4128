import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { reportDrift } from "../../cli/ci/drift/issue.ts";
import { tellAuthor, tellSuccess } from "../../cli/ci/release/tell-author.ts";
import { guardEnvironment } from "../../cli/ci/stacks/guard.ts";

import { given, startGitHub } from "./support/github-server.ts";
import type { GitHubServer } from "./support/github-server.ts";

let github: GitHubServer;
let reports: string;
beforeEach(async () => {
  github = await startGitHub();
  reports = await mkdtemp(join(tmpdir(), "issues-"));
});
afterEach(async () => {
  await github.close();
  await rm(reports, { recursive: true });
});

const issues = () => github.state.issues;

describe("the issue about drift", () => {
  const stacks = ["dev", "staging", "prod"];
  const report = () => reportDrift(reports, stacks, github.environment);
  const inStep = async (...names: readonly string[]) => {
    for (const name of names) await writeFile(join(reports, `in-step-${name}.md`), "as declared");
  };

  test("is opened once, follows the stacks, and is closed when none drifts", async () => {
    // Somebody's issue with our marker is not ours to change.
    issues().push(given({ body: "<!-- gitops-platform:drift -->", user: { login: "mallory" } }));
    await inStep("dev", "staging");
    await writeFile(join(reports, "drift-prod.md"), "### prod\n\n```diff\n~ nodeGroup\n```");
    expect(await report()).toBe("drift in prod: issue created");
    expect(await report()).toBe("drift in prod: issue unchanged");
    await rm(join(reports, "in-step-dev.md"));
    await writeFile(join(reports, "drift-dev.md"), "### dev\n\n```diff\n- role\n```");
    expect(await report()).toBe("drift in dev, prod: issue updated");
    expect(issues()).toHaveLength(2);
    expect(issues()[1]).toMatchObject({ title: "Drift in dev, prod", state: "open" });
    expect(issues()[1]?.body).toContain("~ nodeGroup");
    expect(issues()[1]?.body).toContain("https://github.com/example/platform/actions/runs/42");

    await rm(join(reports, "drift-dev.md"));
    await rm(join(reports, "drift-prod.md"));
    await inStep(...stacks);
    expect(await report()).toBe("no drift: closed the issue");
    expect(issues().map(({ state }) => state)).toEqual(["open", "closed"]);
    expect(await report()).toBe("no drift");
  });

  test("stays open while a stack could not be asked", async () => {
    issues().push(given({ body: "<!-- gitops-platform:drift -->\nprod drifts" }));
    await inStep("dev", "staging");
    expect(await report()).toBe("could not tell for prod; the issue stays as it is");
    expect(issues()[0]?.state).toBe("open");
    expect(issues()[0]?.body).toContain("prod drifts");
  });

  test("holds three stacks with very much drift", async () => {
    for (const name of stacks)
      await writeFile(join(reports, `drift-${name}.md`), `\`\`\`diff\n${"~ field\n".repeat(9000)}\`\`\`\n`);
    expect(await report()).toBe("drift in dev, prod, staging: issue created");
    expect(issues()[0]?.body.match(/^```$/gm)).toHaveLength(3);
  });
});

describe("the author of a commit whose tests failed", () => {
  const tested = { application: "app", source: "example/app", commit: "c".repeat(40) };
  const commit = (author: unknown) =>
    github.state.answers.set(`GET /repos/example/app/commits/${tested.commit}`, {
      body: { author, commit: { message: "Ask @all to round up\n\nbody", author: { name: "Ada @home" } } },
    });

  test("is mentioned in an issue and assigned to it, which the next release closes", async () => {
    commit({ login: "ada" });
    github.state.answers.set("GET /assignees/ada", { status: 204, body: undefined });
    expect(await tellAuthor(tested, github.environment)).toBe("Tests of app fail: issue created");
    expect(issues()[0]).toMatchObject({ title: "Tests of app fail", assignees: ["ada"] });
    expect(issues()[0]?.body).toContain("@ada: the tests of app failed");
    expect(issues()[0]?.body).toContain(`https://github.com/example/app/commit/${tested.commit}`);
    expect(issues()[0]?.body).not.toContain("@all");

    const other = { ...tested, application: "reporting" };
    expect(await tellSuccess(other, github.environment)).toBe("no failure to take back");
    expect(await tellSuccess(tested, github.environment)).toBe("closed the issue of the last failure");
    expect(issues()[0]?.state).toBe("closed");
  });

  test("is mentioned though not assignable", async () => {
    commit({ login: "guest" });
    github.state.answers.set("GET /assignees/guest", { status: 404, body: { message: "Not Found" } });
    await tellAuthor(tested, github.environment);
    expect(issues()[0]?.assignees).toEqual([]);
    expect(issues()[0]?.body).toContain("@guest:");
  });

  test("is named where GitHub knows no account, without notifying a stranger", async () => {
    commit(null);
    await tellAuthor(tested, github.environment);
    expect(issues()[0]?.body).toContain("Ada @\u200Bhome: the tests of app failed");
  });
});

describe("the guard of an environment", () => {
  const rules = (stack: string, protection_rules: readonly unknown[]) =>
    github.state.answers.set(`GET /environments/${stack}`, { body: { name: stack, protection_rules } });
  const guard = (stack: string) => guardEnvironment(stack, github.environment);

  test.each(["staging", "prod"])("%s needs required reviewers", async (stack) => {
    await expect(guard(stack)).rejects.toThrow(`environment "${stack}" has no required reviewers: add them`);
    rules(stack, [
      { type: "wait_timer", wait_timer: 30 },
      { type: "required_reviewers", reviewers: [] },
    ]);
    await expect(guard(stack)).rejects.toThrow("no required reviewers");
    rules(stack, [{ type: "required_reviewers", reviewers: [{ type: "Team", reviewer: { slug: "platform" } }] }]);
    expect(await guard(stack)).toBe(`environment ${stack}: 1 required reviewer(s)`);
  });

  test("dev needs none", async () => {
    expect(await guard("dev")).toBe("environment dev: needs no reviewer");
  });

  test("an API that fails is not taken for a yes", async () => {
    github.state.answers.set("GET /environments/prod", { status: 500, body: { message: "down" } });
    await expect(guard("prod")).rejects.toThrow("down");
  });
});

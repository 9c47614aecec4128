import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { reviewAgain } from "../../cli/ci/previews/new-commits.ts";
import { readPreviewSettings } from "../../cli/ci/previews/settings.ts";
import { endings, sweepPreviews } from "../../cli/ci/previews/sweep.ts";
import { root } from "../support/kustomize.ts";

import { startGitHub } from "./support/github-server.ts";
import type { GitHubServer } from "./support/github-server.ts";

const now = Date.parse("2026-11-23T12:00:00Z");
const hours = (count: number) => new Date(now - count * 3_600_000).toISOString();
const head = "a".repeat(40);

let github: GitHubServer;
let directory: string;
beforeEach(async () => {
  github = await startGitHub();
  directory = await mkdtemp(join(tmpdir(), "previews-"));
});
afterEach(async () => {
  await github.close();
  await rm(directory, { recursive: true });
});

const removed = () => github.state.requests.filter((request) => request.startsWith("DELETE "));
const comments = () => github.state.comments.map(({ on, body }) => [on, body.split("\n")[1]]);

/** An open pull request; with hours, it got the label so long ago. */
function pullRequest(number: number, labelled?: number) {
  const labels = labelled === undefined ? [{ name: "bug" }] : [{ name: "bug" }, { name: "preview" }];
  const event = (name: string, label: string, ago: number) => ({
    event: name,
    label: { name: label },
    created_at: hours(ago),
  });
  github.state.answers.set(`GET /issues/${number}/events`, {
    body: [
      event("labeled", "preview", 500),
      event("unlabeled", "preview", 400),
      ...(labelled === undefined ? [] : [event("labeled", "preview", labelled)]),
      event("labeled", "bug", 1),
    ],
  });
  github.state.answers.set(`DELETE /issues/${number}/labels/preview`, { body: [] });
  return { number, created_at: hours(600), labels, head: { sha: head, repo: { full_name: "example/platform" } } };
}

const opened = (...pulls: readonly ReturnType<typeof pullRequest>[]) =>
  github.state.answers.set("GET /pulls", { body: pulls });

describe("the sweep of previews", () => {
  const sweep = () => sweepPreviews(root, "dev", github.environment, now);

  test("takes the label off what has lasted long enough, since it got the label last, and says so", async () => {
    opened(pullRequest(1, 73), pullRequest(2, 71), pullRequest(3));
    expect(await sweep()).toBe("2 previews, ended #1");
    expect(removed()).toEqual(["DELETE /issues/1/labels/preview"]);
    expect(comments()).toEqual([
      [1, "The preview is over: it lasts 72h. Add the label `preview` again for another one."],
    ]);
  });

  test("takes it off the latest ones when there are too many", async () => {
    opened(...[1, 2, 3, 4, 5, 6].map((number) => pullRequest(number, number)));
    expect(await sweep()).toBe("6 previews, ended #1");
    expect(comments()[0]?.[1]).toContain("there are 5 others");
  });

  test("does nothing where nobody asked, and is not stopped by a label that somebody took off meanwhile", async () => {
    opened(pullRequest(3));
    expect(await sweep()).toBe("0 previews, none ended");
    opened(pullRequest(1, 100));
    github.state.answers.set("DELETE /issues/1/labels/preview", {
      status: 404,
      body: { message: "Label does not exist" },
    });
    expect(await sweep()).toBe("1 previews, ended #1");
  });

  test("fails when GitHub does", async () => {
    opened(pullRequest(1, 100));
    github.state.answers.set("DELETE /issues/1/labels/preview", { status: 403, body: { message: "not allowed" } });
    await expect(sweep()).rejects.toThrow("not allowed");
  });

  test("counts only what is not over", () => {
    const labelled = [
      { number: 1, since: now - 80 * 3_600_000 },
      { number: 2, since: now - 2 },
      { number: 3, since: now - 1 },
    ];
    const ended = endings(labelled, { label: "preview", lifetime: "72h", maximum: 1 }, now);
    expect(ended.map(({ number }) => number)).toEqual([1, 3]);
  });
});

describe("new commits of a fork", () => {
  const push = async (repository: string): Promise<string> => {
    const event = join(directory, "event.json");
    const [login] = repository.split("/");
    const run = {
      id: 42,
      html_url: "https://github.com/run/42",
      head_sha: head,
      head_branch: "feature",
      head_repository: { full_name: repository, owner: { login } },
    };
    await writeFile(event, JSON.stringify({ workflow_run: run }));
    return reviewAgain(root, "dev", { ...github.environment, GITHUB_EVENT_PATH: event });
  };
  const fork = (labelled?: number) => {
    const pull = { ...pullRequest(7, labelled), head: { sha: head, repo: { full_name: "mallory/platform" } } };
    github.state.answers.set("GET /pulls", { body: [pull] });
    github.state.answers.set("GET /pulls/7", { body: pull });
  };

  test("end its preview until a maintainer has seen them", async () => {
    fork(1);
    expect(await push("mallory/platform")).toBe("ended the preview of #7: new commits from mallory/platform");
    expect(removed()).toEqual(["DELETE /issues/7/labels/preview"]);
    expect(comments()[0]?.[1]).toContain("A maintainer who has read them may add `preview` again");
  });

  test("change nothing without a preview, and nothing in a branch of the repository", async () => {
    fork();
    expect(await push("mallory/platform")).toBe("#7 has no preview");
    expect(await push("example/platform")).toBe("a branch of this repository: the label stays");
    expect(removed()).toEqual([]);
  });
});

test("a stack without previews of pull requests is refused", () => {
  expect(() => readPreviewSettings(root, "prod")).toThrow('stack "prod": previews.source is "none"');
});

import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { commentReport } from "../../cli/ci/pull-request/comment.ts";

import { given, startGitHub } from "./support/github-server.ts";
import type { GitHubServer } from "./support/github-server.ts";

const head = "a".repeat(40);
const zeroWidth = "\u200B";

let github: GitHubServer;
let directory: string;
let reports: string;
beforeEach(async () => {
  github = await startGitHub();
  directory = await mkdtemp(join(tmpdir(), "comment-"));
  reports = join(directory, "reports");
  await mkdir(reports);
  github.state.answers.set("GET /pulls", {
    body: [
      { number: 6, head: { sha: head, repo: { full_name: "somebody/else" } } },
      { number: 7, head: { sha: head, repo: { full_name: "example/platform" } } },
    ],
  });
  github.state.answers.set("GET /actions/runs/42/jobs", {
    body: {
      total_count: 2,
      jobs: [
        { name: "lint, types, tests", conclusion: "success", html_url: "https://github.com/job/1" },
        { name: "plan, policies, review", conclusion: "failure", html_url: "https://github.com/job/2" },
      ],
    },
  });
});
afterEach(async () => {
  await github.close();
  await rm(directory, { recursive: true });
});

/** Comments as the workflow does, after a run on the branch of a repository. */
async function comment(repository = "example/platform", sha = head): Promise<string> {
  const event = join(directory, "event.json");
  const [login] = repository.split("/");
  const run = {
    id: 42,
    html_url: "https://github.com/run/42",
    head_sha: sha,
    head_branch: "feature",
    head_repository: { full_name: repository, owner: { login } },
  };
  await writeFile(event, JSON.stringify({ workflow_run: run }));
  return commentReport(reports, { ...github.environment, GITHUB_EVENT_PATH: event });
}

const bodies = (): readonly string[] => github.state.comments.map(({ body }) => body);

test("the first run writes a comment with the jobs and the parts, the review first", async () => {
  await writeFile(join(reports, "plan.md"), "3 resources to add");
  await writeFile(join(reports, "review.md"), "risk 0.2");
  expect(await comment()).toBe("comment on #7: created");
  const [body = ""] = bodies();
  expect(body).toContain("| [plan, policies, review](https://github.com/job/2) | ❌ failure |");
  expect(body.indexOf("risk 0.2")).toBeLessThan(body.indexOf("3 resources to add"));
  expect(body).not.toContain("fork");
});

test("the next run updates the same comment, wherever it stands among others", async () => {
  // More than a page of the API, and one that poses as ours.
  const mark = "<!-- gitops-platform:report -->";
  for (let index = 0; index < 130; index += 1) github.state.comments.push(given({ body: `remark ${index}`, on: 7 }));
  github.state.comments.splice(3, 0, given({ body: `${mark}\nnot by us`, on: 7, user: { login: "mallory" } }));
  await writeFile(join(reports, "plan.md"), "first");
  expect(await comment()).toBe("comment on #7: created");
  await writeFile(join(reports, "plan.md"), "second");
  expect(await comment()).toBe("comment on #7: updated");
  expect(await comment()).toBe("comment on #7: unchanged");
  expect(github.state.comments).toHaveLength(132);
  expect(bodies().filter((body) => body.startsWith(mark))).toEqual([
    `${mark}\nnot by us`,
    expect.stringContaining("second"),
  ]);
});

test("a fork's report is found by the branch, is named as such, and can neither notify nor pose as ours", async () => {
  await writeFile(join(reports, "plan.md"), "hello @example/platform <!-- gitops-platform:drift --> fixes #12");
  expect(await comment("somebody/else")).toBe("comment on #6: created");
  expect(github.state.requests).toContainEqual(expect.stringContaining("head=somebody%3Afeature"));
  const [body = ""] = bodies();
  expect(body).toContain("in a fork");
  expect(body).toContain(
    `hello @${zeroWidth}example/platform <${zeroWidth}!-- gitops-platform:drift --> fixes #${zeroWidth}12`,
  );
});

test("a run that newer commits have overtaken says nothing", async () => {
  expect(await comment("example/platform", "b".repeat(40))).toMatch(/no open pull request is at b{40}/);
  expect(bodies()).toEqual([]);
});

test("a run without a report is said to have none", async () => {
  expect(await comment()).toBe("comment on #7: created");
  expect(bodies()[0]).toContain("No report was made");
});

test("files that are no part of a report are left alone: links, other names, too large ones", async () => {
  await writeFile(join(directory, "secret"), "a secret of the runner");
  await symlink(join(directory, "secret"), join(reports, "plan.md"));
  await writeFile(join(reports, "Review.MD"), "other name");
  await writeFile(join(reports, "review.md"), "x".repeat(700_000));
  await comment();
  expect(bodies()[0]).toContain("No report was made");
});

describe("a report that is longer than a comment", () => {
  test("is cut at a line, with what is open closed, and leaves room for the other parts", async () => {
    const diff = Array.from({ length: 5000 }, (_, line) => `+ field ${line} of a resource`).join("\n");
    await writeFile(join(reports, "review.md"), `<details>\n\n\`\`\`\`diff\n${diff}\n\`\`\`\`\n</details>`);
    await writeFile(join(reports, "plan.md"), "the plan is short");
    expect(await comment()).toBe("comment on #7: created");
    const [body = ""] = bodies();
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/of a resource\n````\n<\/details>\n\nCut here/);
    expect(body).toContain("the plan is short");
    expect(body.match(/<details/g)?.length).toBe(body.match(/<\/details>/g)?.length);
  });
});

test("a token that is not accepted fails the step", async () => {
  github.state.answers.clear();
  await expect(commentReport(reports, { ...github.environment, GITHUB_TOKEN: "" })).rejects.toThrow(
    "environment variable GITHUB_TOKEN is missing",
  );
});

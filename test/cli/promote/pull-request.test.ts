import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { at, overlay } from "../recovery/repositories.ts";
import { startGitHubPulls } from "../repository/github-pulls.ts";
import type { GitHubPulls } from "../repository/github-pulls.ts";

import { beginStory, file, image } from "./story.ts";
import type { Story } from "./story.ts";

let story: Story;
let github: GitHubPulls;

beforeEach(async () => {
  [story, github] = [await beginStory(), await startGitHubPulls()];
});
afterEach(async () => {
  await github.close();
  await story.end();
});

const promote = (...args: readonly string[]) => story.promote([...args, "--host", "github"], github.environment);
const head = "promote/app-dev-to-staging";

describe("gitops promote, on GitHub", () => {
  test("opens one pull request, and brings it up to date", async () => {
    const { git, live, revision } = story;
    const { stdout, stderr, exitCode } = await promote("app");
    expect([stderr, exitCode]).toEqual(["", 0]);
    expect(stdout).toContain("https://github.com/example/platform/pull/1");
    expect(github.pulls).toMatchObject([{ head, base: "release", title: "Promote app from dev to staging" }]);
    expect(github.pulls[0]?.body).toContain(`image ${image}: ${image}:1.0.0 -> ${image}:2.0.0`);
    expect(github.pulls[0]?.body).toContain(`${revision.slice(0, 7)} Release app 2 (A Person)`);
    expect(await git.show(file("app", "staging"), head)).toContain("newTag: 2.0.0");
    // The environment's own branch is people's to change.
    expect(await git.log("release")).toHaveLength(1);

    const [first] = await git.log(head);
    expect((await promote("app")).stdout).toContain("unchanged");
    expect(await git.log(head)).toEqual([first, ...(await git.log("release"))]);

    const third = await git.commit("Release app 3", { [file("app", "dev")]: overlay("3.0.0") }, at(120));
    live({ images: [`${image}:3.0.0`] }, {}, third);
    expect((await promote("app")).stdout).toContain("updated");
    expect(github.pulls).toHaveLength(1);
    expect(github.pulls[0]?.body).toContain("3.0.0");
    expect(await git.show(file("app", "staging"), head)).toContain("newTag: 3.0.0");
    expect(await git.log(head)).toHaveLength(2);
  });

  test("does not overwrite what people added to its branch", async () => {
    const { git, live } = story;
    await promote("app");
    await git.git("fetch", "--quiet", "origin");
    await git.git("checkout", "--quiet", "-B", "mine", `origin/${head}`);
    await git.git("commit", "--quiet", "--allow-empty", "--message", "Add a word");
    await git.git("push", "--quiet", "origin", `HEAD:refs/heads/${head}`);
    const mine = await git.log(head);
    const third = await git.commit("Release app 3", { [file("app", "dev")]: overlay("3.0.0") }, at(120));
    live({ images: [`${image}:3.0.0`] }, {}, third);
    expect(await promote("app")).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("A Person") });
    expect(await git.log(head)).toEqual(mine);
  });

  test("proposes the revision that is well for a whole branch", async () => {
    const { git, revision } = story;
    await git.commit("Not deployed yet", { "apps/web/base/new.yaml": "a: 1\n" }, at(120));
    expect(await promote("--all", "--branch")).toMatchObject({ exitCode: 0 });
    expect(github.pulls).toMatchObject([{ head: "promote/branch-dev-to-staging", base: "release" }]);
    expect((await git.log("promote/branch-dev-to-staging"))[0]).toBe(revision);
    expect((await promote("--all", "--branch")).stdout).toContain("unchanged");
  });

  test("writes nothing with --dry-run, and says what GitHub said when it refuses", async () => {
    expect(await promote("app", "--dry-run")).toMatchObject({ exitCode: 0 });
    expect(github.pulls).toEqual([]);
    const token = { ...github.environment, GITHUB_TOKEN: "another" };
    const refused = await story.promote(["app", "--host", "github"], token);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Bad credentials") });
  });
});

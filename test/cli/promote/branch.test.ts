import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { at, overlay } from "../recovery/repositories.ts";

import { beginStory, file } from "./story.ts";
import type { Story } from "./story.ts";

let story: Story;

beforeEach(async () => {
  story = await beginStory();
});
afterEach(() => story.end());

describe("gitops promote --branch, on plain Git", () => {
  test("merges what is well, and no newer commit; a second time there is nothing to do", async () => {
    const { git, revision, promote } = story;
    const [before] = await git.log("release");
    await git.commit("Not deployed yet", { "apps/web/base/new.yaml": "a: 1\n" }, at(120));
    const { stdout, stderr, exitCode } = await promote(["--all", "--branch", "--json"]);
    expect([stderr, exitCode]).toEqual(["", 0]);
    const { commit } = JSON.parse(stdout) as { readonly commit: string };
    await git.git("fetch", "--quiet", "origin");
    expect((await git.git("log", "-1", "--format=%H %P", "origin/release")).split(" ")).toEqual([
      commit,
      before,
      revision,
    ]);
    expect(await git.show(file("app", "dev"), "release")).toContain("newTag: 2.0.0");
    expect(await promote(["--all", "--branch"])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("already"),
    });
  });

  test("refuses everything when one application is not well", async () => {
    const { git, live, promote } = story;
    live({}, { health: "Degraded" });
    const refused = await promote(["--all", "--branch"]);
    expect(refused).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining("web in dev is Synced and Degraded"),
    });
    expect(await git.log("release")).toHaveLength(1);
  });

  test("refuses a merge with conflicts, and names the files", async () => {
    const { git, promote } = story;
    await git.git("checkout", "--quiet", "-B", "release", "origin/release");
    const main = await git.git("rev-parse", "origin/main");
    await git.commit("Other words", { [file("app", "dev")]: overlay("9.9.9") }, at(180));
    // The commit went to main, as the helper does; it is release that shall have it, beside dev's own.
    await git.git("push", "--quiet", "--force", "origin", `${main}:refs/heads/main`);
    await git.git("checkout", "--quiet", "-B", "release", "origin/release");
    await git.git("cherry-pick", "--strategy-option", "theirs", "main");
    await git.git("push", "--quiet", "origin", "HEAD:release");
    const before = await git.log("release");
    const { stdout, exitCode } = await promote(["--all", "--branch"]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining(`conflicts in ${file("app", "dev")}`)]);
    expect(await git.log("release")).toEqual(before);
  });
});

import { afterEach, describe, expect, test } from "@jest/globals";

import { at, overlay } from "../recovery/repositories.ts";

import { ann, author, beginStory, carl } from "./story.ts";
import type { Story } from "./story.ts";

let story: Story;
afterEach(() => story.end());

/** A release of `prod` that waits at its gate. */
async function waiting(message?: string): Promise<void> {
  story = await beginStory("prod", message);
  story.live({ environment: "prod", synced: [...story.commits] }, "WaitingPromotion");
}

const approve = (who: NodeJS.ProcessEnv, ...args: readonly string[]) =>
  story.approve("prod", ["--no-wait", ...args], who);

describe("four eyes", () => {
  test("refuse whoever wrote the change, and write that down; another person may", async () => {
    await waiting();
    const [, second] = story.commits;
    const { exitCode, stdout } = await approve(author);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /refused: .*is the author of [0-9a-f]{7} "Release app 2": in prod nobody approves their own/,
    );
    expect(story.cluster.gates).toEqual([]);
    expect(await story.git.notes(second)).toMatchObject([
      { action: "approval-refused", by: "A Person <Person@Example.com>", waitedFor: "promotion" },
    ]);
    expect((await approve(ann)).exitCode).toBe(0);
    expect(story.cluster.gates).toHaveLength(1);
  });

  test("write nothing down when somebody only asks", async () => {
    await waiting();
    expect((await approve(author, "--dry-run")).exitCode).toBe(1);
    expect(await story.git.notes(story.commits[1])).toEqual([]);
  });

  test("refuse a co-author, by whatever name and address .mailmap knows", async () => {
    await waiting("Release app 2\n\nCo-authored-by: Ann <ann@home.example>");
    expect((await approve(ann)).exitCode).toBe(0);
    await story.end();
    await waiting("Release app 2\n\nCo-authored-by: Ann <ann@home.example>");
    const map = "Ann Operator <ann@example.com> <ann@home.example>\n";
    const third = await story.git.commit("Know people by one address", { ".mailmap": map }, at(120));
    story.live({ environment: "prod", revision: third, synced: [...story.commits, third] }, "WaitingPromotion");
    const { exitCode, stdout } = await approve(ann);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("is the co-author of")]);
  });

  test("look at all that was made since people let something through, and not before", async () => {
    await waiting("Release app 2\n\nCo-authored-by: Ann <ann@example.com>");
    const third = await story.git.commit("Release app 3", { [story.file("prod")]: overlay("3.0.0") }, at(120));
    // The second one was synced, and then the third: nobody has approved either.
    const both = [...story.commits, third];
    story.live({ environment: "prod", revision: third, synced: both }, "WaitingPromotion");
    expect((await approve(ann, "--dry-run")).exitCode).toBe(1);
    story.live({ environment: "prod", revision: story.commits[1], synced: [...story.commits] }, "WaitingPromotion");
    expect((await approve(carl)).exitCode).toBe(0);
    story.live({ environment: "prod", revision: third, synced: both }, "WaitingPromotion");
    expect((await approve(ann)).exitCode).toBe(0);
    expect((await approve(author)).stdout).toContain("already approved");
  });

  test("refuse the committer of what somebody else wrote", async () => {
    await waiting();
    await story.git.git("commit", "--quiet", "--amend", "--no-edit", "--author=Bob <bob@example.com>");
    await story.git.git("push", "--quiet", "--force", "origin", "HEAD:refs/heads/main");
    const revision = await story.git.git("rev-parse", "HEAD");
    story.live({ environment: "prod", revision, synced: [story.commits[0], revision] }, "WaitingPromotion");
    const { exitCode, stdout } = await approve(author);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("is the committer of")]);
  });

  test("see through a promotion to whoever made what it brings", async () => {
    story = await beginStory("dev");
    const [, made] = story.commits;
    const trailers = `Application: app\nEnvironment: prod\nPromoted-from: dev\nPromoted-revision: app@${made}`;
    const before = await story.git.commit("Begin prod", { [story.file("prod")]: overlay("1.0.0") }, at(120));
    const file = { [story.file("prod")]: overlay("2.0.0") };
    const promoted = await story.git.commit(`Promote app from dev to prod\n\n${trailers}`, file, at(180));
    story.live({ environment: "prod", revision: promoted, synced: [before, promoted] }, "WaitingPromotion");
    const { exitCode, stdout } = await approve(author);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('"Release app 2"')]);
  });

  test("are a matter of the environment: not in staging by default, and not in prod where the stack says so", async () => {
    story = await beginStory("staging");
    const [first, second] = story.commits;
    const live = { automated: false, sync: "OutOfSync", revision: second, synced: [first] };
    const dryRun = (environment: string) => story.approve(environment, ["--dry-run"], author);
    story.live({ ...live, environment: "staging" });
    expect((await dryRun("staging")).exitCode).toBe(0);
    story.live({ ...live, environment: "staging" }, undefined, { "gitops.platform/four-eyes": "true" });
    expect((await dryRun("staging")).exitCode).toBe(1);
    await story.end();
    await waiting();
    story.live({ environment: "prod", synced: [...story.commits] }, "WaitingPromotion", {
      "gitops.platform/four-eyes": "false",
    });
    expect((await dryRun("prod")).exitCode).toBe(0);
  });
});

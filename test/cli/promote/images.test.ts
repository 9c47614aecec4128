import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { canariesPath, canary } from "../cluster/objects.ts";
import { temporaryFolder } from "../plan/gitops.ts";
import { at, overlay } from "../recovery/repositories.ts";

import { beginStory, file, image } from "./story.ts";
import type { Story } from "./story.ts";

let story: Story;

beforeEach(async () => {
  story = await beginStory();
});
afterEach(() => story.end());

const release = (): Promise<readonly string[]> => story.git.log("release");

describe("gitops promote, on plain Git", () => {
  test("brings the image of what is well to the next environment, once", async () => {
    const { git, revision, promote } = story;
    const before = await release();
    const { stdout, stderr, exitCode } = await promote(["app", "--json"]);
    expect([stderr, exitCode]).toEqual(["", 0]);
    const said = JSON.parse(stdout) as { readonly commit: string };
    expect(said).toMatchObject({
      action: "promoted",
      branch: "release",
      pullRequest: null,
      promoted: [
        {
          application: "app",
          revision,
          images: [{ name: image, before: `${image}:1.0.0`, after: `${image}:2.0.0` }],
          commits: [{ revision, subject: "Release app 2", author: "A Person" }],
        },
      ],
      refused: [],
    });
    expect(await release()).toEqual([said.commit, ...before]);
    // Only the tag is different; the comment is still there.
    expect(await git.show(file("app", "staging"), "release")).toBe(overlay("2.0.0").trimEnd());

    await git.git("fetch", "--quiet", "origin");
    const message = await git.git("log", "-1", "--format=%an%n%B", "origin/release");
    expect(message).toMatch(/^Ann Operator\nPromote app from dev to staging\n/);
    const trailers = (await git.git("log", "-1", "--format=%(trailers:only,unfold)", "origin/release")).trim();
    expect(trailers.split("\n")).toEqual([
      "Application: app",
      "Environment: staging",
      "Promoted-from: dev",
      `Promoted-revision: app@${revision}`,
      "Requested-by: Ann Operator <ann@example.com>",
      "Review: skipped: Ann Operator <ann@example.com> did without it (--no-review)",
    ]);
    expect(await git.notes(said.commit)).toMatchObject([
      { action: "promoted", environment: "staging", revision, reason: expect.stringContaining("review skipped") },
    ]);

    expect(await promote(["app"])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("already") });
    expect(await release()).toHaveLength(2);
  });

  test("lists only what came since the last promotion", async () => {
    const { git, live, promote } = story;
    await promote(["app"]);
    const third = await git.commit("Release app 3", { [file("app", "dev")]: overlay("3.0.0") }, at(120));
    live({ images: [`${image}:3.0.0`] }, {}, third);
    const { stdout } = await promote(["app", "--json"]);
    const { promoted } = JSON.parse(stdout) as {
      readonly promoted: readonly { readonly commits: readonly object[] }[];
    };
    expect(promoted[0]?.commits).toMatchObject([{ revision: third }]);
  });

  test("takes the revision that is well, not a newer one on the branch", async () => {
    const { git, promote } = story;
    await git.commit("Release app 3", { [file("app", "dev")]: overlay("3.0.0") }, at(120));
    expect(await promote(["app"])).toMatchObject({ exitCode: 0 });
    expect(await git.show(file("app", "staging"), "release")).toContain("newTag: 2.0.0");
  });

  test.each([
    ["is Degraded", { health: "Degraded" }, "Degraded"],
    ["is not synced", { sync: "OutOfSync" }, "OutOfSync"],
    ["runs another image than Git says", { images: [`${image}:1.9.9`] }, `${image}:1.9.9`],
    ["runs a commit that the branch does not have", { revision: "e".repeat(40) }, "is not on branch"],
  ])("refuses what %s, and changes nothing", async (_, app, words) => {
    story.live(app);
    const before = await release();
    expect(await story.promote(["app"])).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(words) });
    expect(await release()).toEqual(before);
  });

  test.each([
    ["neither a tag nor a digest", "  newName: example/other\n", "example/other"],
    ["the tag latest", "  newTag: latest\n", "example/app:latest"],
  ])("refuses an image with %s", async (_, fields, words) => {
    const loose = `resources: [../../base]\nimages:\n- name: example/app\n${fields}`;
    const commit = await story.git.commit("Let the image float", { [file("app", "dev")]: loose }, at(120));
    story.live({ images: [words] }, {}, commit);
    const { stdout, exitCode } = await story.promote(["app"]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining(`says ${words}: neither a version nor a digest`)]);
    expect(await release()).toHaveLength(1);
  });

  test("says what was compared, and asks cosign whom it is told to trust", async () => {
    const { git, live, promote } = story;
    expect((await promote(["app", "--dry-run"])).stdout).toContain("no digest is pinned; signature not looked at");
    const bin = temporaryFolder();
    const env = { PATH: `${bin}:${process.env["PATH"]}`, ASKED: join(bin, "asked") };
    const cosign = (exit: number) =>
      writeFileSync(join(bin, "cosign"), `#!/bin/sh\necho "$@" >> "$ASKED"\nexit ${exit}\n`, { mode: 0o755 });
    cosign(0);
    const byTag = await promote(["app", "--signed-by", "the-workflow"], env);
    expect(byTag).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("a tag can move") });

    const digest = `sha256:${"d".repeat(64)}`;
    const pinned = overlay("2.1.0").replace("newTag: 2.1.0", `digest: ${digest}`);
    const commit = await git.commit("Release app 2.1", { [file("app", "dev")]: pinned }, at(120));
    live({ images: [`${image}@${digest}`] }, {}, commit);
    cosign(1);
    const unsigned = await promote(["app", "--signed-by", "the-workflow"], env);
    expect(unsigned).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("cosign does not verify") });
    expect(await release()).toHaveLength(1);
    cosign(0);
    const signed = await promote(["app", "--signed-by", "the-workflow"], env);
    expect(signed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("digest; signed by the-workflow") });
    expect(readFileSync(env.ASKED, "utf8")).toContain(`--certificate-identity the-workflow`);
    expect(readFileSync(env.ASKED, "utf8")).toContain(`${image}@${digest}`);
  });

  test("refuses while a release is under analysis, or nobody can see whether one is", async () => {
    const { server, promote } = story;
    server.answers.set(canariesPath("dev"), { items: [canary("app", "dev", { phase: "Progressing" })] });
    expect(await promote(["app"])).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("Progressing") });
    server.refusals.set(canariesPath("dev"), 403);
    expect(await promote(["app"])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("cannot be seen") });
    expect(await release()).toHaveLength(1);
  });

  test("promotes with --all what is well, and leaves the rest out with its reason", async () => {
    const { git, live, promote } = story;
    const both = { [file("web", "dev")]: overlay("5.0.0") };
    const commit = await git.commit("Release web 5", both, at(120));
    live({ health: "Degraded" }, { images: [`${image}:5.0.0`] }, commit);
    const { stdout, exitCode } = await promote(["--all"]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("left out: app in dev is Synced and Degraded")]);
    expect(await git.show(file("web", "staging"), "release")).toContain("newTag: 5.0.0");
    expect(await git.show(file("app", "staging"), "release")).toContain("newTag: 1.0.0");
  });

  test("shows what it would commit, and changes nothing", async () => {
    const { stdout, exitCode } = await story.promote(["app", "--dry-run"]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("+  newTag: 2.0.0")]);
    expect(stdout).toContain("Promoted-from: dev");
    expect(await release()).toHaveLength(1);
  });

  test("refuses bad usage with 2", async () => {
    const { promote, server } = story;
    expect(await promote([])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--all") });
    expect(await promote(["app", "--branch"])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--all") });
    expect(await promote(["other"])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("app, web") });
    // A repeated option wins over the one before.
    const back = await promote(["app", "--kubeconfig", server.kubeconfig, "--host", "github"]);
    expect(back).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("GITHUB_TOKEN") });
  });
});

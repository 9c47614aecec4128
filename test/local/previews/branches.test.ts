import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { choosePreviews, readBranches } from "../../../local/previews/branches.ts";
import { slugOf } from "../../../local/previews/slug.ts";

describe("the name of a preview", () => {
  test.each([
    ["new-look", "new-look"],
    ["42", "42"],
  ])("of %s is as it is", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  test.each(["New_Look", "a/b", "x".repeat(80), "-", "über", "a--b", "trailing-"])(
    "of %s is a part of a DNS label, with a hash",
    (name) => {
      expect(slugOf(name)).toMatch(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?-)?[0-9a-f]{8}$/);
      expect(slugOf(name).length).toBeLessThanOrEqual(50);
    },
  );

  test("differs between branches that differ", () => {
    const names = ["a_b", "a-b", "a/b", "A-b", "a.b", "x".repeat(80), "x".repeat(81)];
    expect(new Set(names.map(slugOf)).size).toBe(names.length);
  });
});

describe("the branches of a repository", () => {
  let repository: string;
  const git = (args: readonly string[], env = {}) => execa("git", args, { cwd: repository, env });
  const commit = (at: number) => {
    const env = { GIT_COMMITTER_DATE: `@${at} +0000` };
    const who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    return git([...who, "commit", "--quiet", "--allow-empty", "--message", "Work"], env);
  };
  beforeEach(async () => {
    repository = await mkdtemp(join(tmpdir(), "previews-"));
    await git(["init", "--quiet", "--initial-branch=main"]);
    for (const [branch, at] of [
      ["preview/old", 1000],
      ["preview/new", 3000],
      ["preview/newer", 4000],
      ["previews", 5000],
      ["feature/preview/x", 5000],
    ] as const) {
      await git(["checkout", "--quiet", "--orphan", branch]);
      await commit(at);
    }
  });
  afterEach(() => rm(repository, { recursive: true }));

  const choose = async (fields: { readonly lifetime: number; readonly maximum: number }) => {
    const branches = await readBranches(repository, "preview/");
    return choosePreviews(branches, { prefix: "preview/", now: 4500, ...fields });
  };

  test("are previewed below the prefix alone, the latest first, with their heads", async () => {
    const chosen = await choose({ lifetime: 10_000, maximum: 5 });
    expect(chosen.map(({ number }) => number)).toEqual(["newer", "new", "old"]);
    const { stdout } = await git(["rev-parse", "preview/newer"]);
    expect(chosen[0]).toEqual({ number: "newer", branch: "preview/newer", head_sha: stdout });
  });

  test("are not when nobody has worked on them, from the second on that the lifetime is over", async () => {
    expect((await choose({ lifetime: 1501, maximum: 5 })).map(({ number }) => number)).toEqual(["newer", "new"]);
    expect((await choose({ lifetime: 1500, maximum: 5 })).map(({ number }) => number)).toEqual(["newer"]);
  });

  test("give way to later ones when there are too many", async () => {
    expect((await choose({ lifetime: 10_000, maximum: 1 })).map(({ number }) => number)).toEqual(["newer"]);
  });

  test("are none in a repository without", async () => {
    expect(await readBranches(repository, "other/")).toEqual([]);
  });
});

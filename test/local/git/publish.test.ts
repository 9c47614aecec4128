import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { publish, removeRemote, repositoryUrl } from "../../../local/git/index.ts";

import { repositories } from "./repositories.ts";
import type { Repositories } from "./repositories.ts";

let repos: Repositories;
const published = (branch: string): Promise<string> => repos.bare("rev-parse", branch);
const outcomes = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await publish(repos.layout, repos.checkout)).branches.map(({ branch, outcome }) => [branch, outcome]),
  );

beforeEach(async () => {
  repos = await repositories();
});
afterEach(() => repos.remove());

describe("publish", () => {
  test("makes develop, release and main at HEAD, and the remote", async () => {
    const head = await repos.commit("a");
    expect(await outcomes()).toEqual({ develop: "created", release: "created", main: "created" });
    expect(await Promise.all(["develop", "release", "main"].map(published))).toEqual([head, head, head]);
    expect(await repos.git("remote", "get-url", "local")).toBe(repositoryUrl(repos.layout));
  });

  test("later moves develop alone, and says what the others lack", async () => {
    const first = await repos.commit("a");
    await publish(repos.layout, repos.checkout);
    const second = await repos.commit("b");
    const result = await publish(repos.layout, repos.checkout);
    expect(await Promise.all(["develop", "release", "main"].map(published))).toEqual([second, first, first]);
    expect(result.warnings).toEqual([
      'branch "release" lacks 1 commit of your HEAD; deploy with "git push local HEAD:release"',
      'branch "main" lacks 1 commit of your HEAD; deploy with "git push local HEAD:main"',
    ]);
  });

  test("again is no change", async () => {
    await repos.commit("a");
    await publish(repos.layout, repos.checkout);
    expect(await outcomes()).toEqual({ develop: "unchanged", release: "unchanged", main: "unchanged" });
  });

  test("keeps commits that were pushed, ahead or diverged", async () => {
    await repos.commit("a");
    await publish(repos.layout, repos.checkout);
    const pushed = await repos.commit("pushed");
    await repos.bare("fetch", "--quiet", repos.checkout, "+HEAD:develop");
    await repos.git("reset", "--quiet", "--hard", "HEAD~1");
    expect(await outcomes()).toMatchObject({ develop: "ahead" });
    await repos.commit("other");
    const result = await publish(repos.layout, repos.checkout);
    expect(result.branches[0]).toMatchObject({ outcome: "diverged", commit: pushed, missing: 1 });
    expect(result.warnings[0]).toContain('merge it ("git pull local develop"), then push');
    expect(await published("develop")).toBe(pushed);
  });

  test("names what is not committed", async () => {
    await repos.commit("a");
    await writeFile(join(repos.checkout, "a"), "changed");
    await writeFile(join(repos.checkout, "new"), "");
    const { warnings } = await publish(repos.layout, repos.checkout);
    expect(warnings).toEqual(["not published, because not committed: a, new"]);
  });

  test("takes a shallow clone with a detached HEAD, which Argo CD's way of fetching can read", async () => {
    await repos.commit("a");
    const head = await repos.commit("b");
    await publish(repos.layout, await repos.shallowClone());
    expect(await published("develop")).toBe(head);
    const reader = join(repos.layout.directory, "reader");
    await execa("git", ["init", "--quiet", reader]);
    // The arguments of fetch() in util/git/client.go of Argo CD 3.5 for a repository with depth 1.
    const url = repositoryUrl(repos.layout);
    await execa("git", ["fetch", url, head, "--depth", "1", "--force", "--prune"], { cwd: reader });
    expect((await execa("git", ["show", "FETCH_HEAD:b"], { cwd: reader })).stdout).toBe("b");
  });

  test("is not misled by the variables that git sets for hooks", async () => {
    const head = await repos.commit("a");
    process.env["GIT_DIR"] = "/nowhere";
    try {
      expect((await publish(repos.layout, repos.checkout)).commit).toBe(head);
    } finally {
      delete process.env["GIT_DIR"];
    }
  });

  test("refuses a folder without a repository, and one without a commit", async () => {
    await expect(publish(repos.layout, repos.checkout)).rejects.toThrow(
      `git: "${repos.checkout}" has no commit yet; make one with "git add . && git commit -m start"`,
    );
    const outside = join(repos.checkout, "..");
    await expect(publish(repos.layout, outside)).rejects.toThrow(`git: "${outside}" is not a Git checkout`);
  });

  test("does not take over a remote of the user, and changes nothing then", async () => {
    await repos.commit("a");
    await repos.git("remote", "add", "local", "https://example.com/mine.git");
    await expect(publish(repos.layout, repos.checkout)).rejects.toThrow(
      'points to "https://example.com/mine.git", but the local platform is',
    );
    await expect(repos.bare("rev-parse", "main")).rejects.toThrow();
    await removeRemote(repos.layout, repos.checkout);
    expect(await repos.git("remote")).toBe("local");
  });

  test("removes its own remote", async () => {
    await repos.commit("a");
    await publish(repos.layout, repos.checkout);
    await removeRemote(repos.layout, repos.checkout);
    expect(await repos.git("remote")).toBe("");
  });

  test("a push succeeds while the platform is stopped, and says so", async () => {
    await repos.commit("a");
    await publish(repos.layout, repos.checkout);
    const head = await repos.commit("b");
    const { stderr } = await execa("git", ["push", "local", "HEAD:develop"], { cwd: repos.checkout });
    expect(stderr).toContain("remote: The push is complete, but Argo CD could not be asked");
    expect(await published("develop")).toBe(head);
  });
});

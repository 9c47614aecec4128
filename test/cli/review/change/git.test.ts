import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { git } from "../../../../cli/plan/git.ts";
import { readGit } from "../../../../cli/review/change/git.ts";
import { makeRepository } from "../repository.ts";
import type { Repository } from "../repository.ts";

const { signal } = new AbortController();

describe("what Git knows of a change", () => {
  let repository: Repository;

  beforeAll(async () => {
    repository = await makeRepository();
    const { directory, commit, write } = repository;
    await commit({ message: "Begin", files: { "a.txt": "1" } });
    await git(directory, ["switch", "--quiet", "--create", "feature"]);
    await commit({ message: "Change a\n\nIts body.", files: { "a.txt": "2", "folder/spa ce.txt": "1" } });
    await git(directory, ["switch", "--quiet", "main"]);
    await commit({ message: "Go on elsewhere", files: { "b.txt": "1" } });
    await git(directory, ["switch", "--quiet", "feature"]);
    await write({ "new.txt": "not committed" });
  });
  afterAll(() => repository.remove());

  test("is what the branch did, and not what the base did since", async () => {
    const { commits, files, diff, mergeBase } = await readGit(repository.directory, "main", signal);
    expect(commits.map(({ message }) => message.trim())).toEqual(["Change a\n\nIts body."]);
    expect(commits[0]?.hash).toMatch(/^[0-9a-f]{40}$/);
    expect(files).toEqual(["a.txt", "folder/spa ce.txt", "new.txt"]);
    expect(diff).toContain("+2");
    expect(mergeBase).toBe(await git(repository.directory, ["rev-parse", "main~1"]));
  });

  test.each(["nowhere", "--upload-pack=x"])("a base %j that is no revision is named", async (base) => {
    await expect(readGit(repository.directory, base, signal)).rejects.toThrow(`--base "${base}": no such revision`);
  });

  test("unrelated histories are told", async () => {
    await git(repository.directory, ["branch", "other", await unrelated(repository.directory)]);
    await expect(readGit(repository.directory, "other", signal)).rejects.toThrow("no common commit with HEAD");
  });
});

async function unrelated(directory: string): Promise<string> {
  const tree = await git(directory, ["rev-parse", "HEAD^{tree}"]);
  return await git(directory, ["commit-tree", tree, "-m", "Alone"]);
}

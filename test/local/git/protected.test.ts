import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { publish } from "../../../local/git/index.ts";

import { repositories } from "./repositories.ts";
import type { Repositories } from "./repositories.ts";

let repos: Repositories;
let [first, second]: string[] = [];

const notes = "refs/notes/deployments";

/** A push as people make it, through the hooks; nothing waits for a sync. */
const push = (...args: readonly string[]) =>
  execa("git", ["push", "local", ...args], { cwd: repos.checkout, reject: false, env: { GITOPS_PUSH_WAIT: "0" } });

beforeEach(async () => {
  repos = await repositories();
  first = await repos.commit("a");
  second = await repos.commit("b");
  await publish(repos.layout, repos.checkout);
});
afterEach(() => repos.remove());

describe("the local Git host", () => {
  test.each(["release", "main"])("never takes commits out of %s", async (branch) => {
    for (const target of [`+${first}:refs/heads/${branch}`, `:refs/heads/${branch}`]) {
      const { exitCode, stderr } = await push(target);
      // Git itself keeps the branch that a clone checks out.
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/is never rewritten or deleted|current branch/)]);
    }
    expect(await repos.bare("rev-parse", branch)).toBe(second);
  });

  test("takes records, and never takes one away", async () => {
    await repos.git("notes", "--ref=deployments", "add", "--message", "one", second ?? "");
    expect(await push(notes)).toMatchObject({ exitCode: 0 });
    await repos.git("notes", "--ref=deployments", "append", "--message", "two", second ?? "");
    expect(await push(notes)).toMatchObject({ exitCode: 0 });
    const tip = await repos.bare("rev-parse", notes);
    for (const target of [`+${notes}^:${notes}`, `:${notes}`])
      expect(await push(target)).toMatchObject({ exitCode: 1 });
    expect(await repos.bare("rev-parse", notes)).toBe(tip);
  });

  test("lets people do with other branches what they like", async () => {
    expect(await push(`+${first}:refs/heads/develop`)).toMatchObject({ exitCode: 0 });
    expect(await push("HEAD:refs/heads/feature/x")).toMatchObject({ exitCode: 0 });
    expect(await push(":refs/heads/feature/x")).toMatchObject({ exitCode: 0 });
  });

  test("keeps the log of what every branch was", async () => {
    await push(`+${first}:refs/heads/develop`);
    expect((await repos.bare("log", "--walk-reflogs", "--format=%H", "develop")).split("\n")).toEqual([first, second]);
    expect(await repos.bare("config", "gc.reflogExpire")).toBe("never");
  });
});

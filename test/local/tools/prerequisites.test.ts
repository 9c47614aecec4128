import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import which from "which";

import { checkPrerequisites, isSatisfied, PrerequisitesError } from "../../../local/tools/prerequisites.ts";

let empty: string;
let onlyGit: string;

beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), "prerequisites-"));
  onlyGit = await mkdtemp(join(tmpdir(), "prerequisites-"));
  await symlink(await which("git"), join(onlyGit, "git"));
});
afterAll(() => Promise.all([empty, onlyGit].map((directory) => rm(directory, { recursive: true }))));

describe("prerequisites", () => {
  test("are met where this test runs, and say what was found", async () => {
    const found = await checkPrerequisites();
    expect(found.map(({ name }) => name)).toEqual(["Node.js", "Go", "git"]);
    for (const one of found) expect(one.found).toMatch(/^\d+\.\d+/);
  });

  test("that are missing are named all at once, with what was found and where to get them", async () => {
    const error = await checkPrerequisites({ path: empty, nodeVersion: "18.20.1" }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PrerequisitesError);
    expect((error as Error).message).toBe(
      [
        "this machine lacks what the local platform needs:",
        '  Node.js >=20.19.0: found "18.20.1"; get it from https://nodejs.org/en/download',
        "  Go >=1.26.7: found none on PATH; get it from https://go.dev/doc/install",
        "  git >=2.28.0: found none on PATH; get it from https://git-scm.com/downloads",
        "install them and start again",
      ].join("\n"),
    );
  });

  test("that are there are not named", async () => {
    const error = await checkPrerequisites({ path: onlyGit }).catch((reason: unknown) => reason);
    expect((error as PrerequisitesError).missing.map(({ name }) => name)).toEqual(["Go"]);
    expect((error as Error).message).toMatch(/install it and start again$/);
  });

  test.each([
    ["1.26.8", ">=1.26.3", true],
    ["1.26.3", ">=1.26.3", true],
    ["1.26.2", ">=1.26.3", false],
    ["1.9.7", ">=1.26.3", false],
    ["1.27rc1", ">=1.26.3", true],
    ["2.39.5", ">=2.28.0", true],
    ["2.4", ">=2.28.0", false],
    [undefined, ">=2.28.0", false],
    ["nonsense", ">=2.28.0", false],
  ])("version %s in range %s: %s", (found, wanted, expected) => {
    expect(isSatisfied({ found, wanted })).toBe(expected);
  });
});

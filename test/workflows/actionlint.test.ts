import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execa } from "execa";

import { ensureTools } from "../../local/tools/ensure.ts";
import { root } from "../support/kustomize.ts";

import { files, folder } from "./support/read.ts";

let actionlint: string;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "actionlint-"));
  const tools = await ensureTools({
    names: ["actionlint"],
    logDirectory: join(root, ".local", "logs"),
    onEvent: () => undefined,
  });
  actionlint = tools.actionlint.path;
}, 180_000);
afterAll(() => rm(directory, { recursive: true }));

/** Without the linters of scripts that may be on a machine or not: every script is one command here. */
const lint = (paths: readonly string[]) =>
  execa(actionlint, ["-shellcheck=", "-pyflakes=", "-no-color", ...paths], { cwd: root, reject: false, all: true });

test("every workflow passes actionlint", async () => {
  expect(files).toEqual([
    "deploy.yml",
    "preview.yml",
    "pull-request-comment.yml",
    "pull-request.yml",
    "release-app.yml",
    "rollback.yml",
  ]);
  const { all, exitCode } = await lint(files.map((file) => join(folder, file)));
  expect([all, exitCode]).toEqual(["", 0]);
});

/**
 * actionlint knows the inputs of an action by its major version, not by a commit (popular_actions.go of its module),
 * and these only up to the major given here.
 */
const knownMajors: Readonly<Record<string, number>> = {
  "actions/checkout": 6,
  "actions/setup-node": 6,
  "actions/setup-go": 6,
};
const byMajor = (source: string): string =>
  source.replace(/uses: ([\w./-]+)@[a-f0-9]{40} # v(\d+).*$/gm, (_, action: string, major: string) => {
    return `uses: ${action}@v${Math.min(Number(major), knownMajors[action] ?? Infinity)}`;
  });

test("every input of an action is one that it has", async () => {
  for (const file of files) {
    const copy = join(directory, file);
    await writeFile(copy, byMajor(await readFile(join(folder, file), "utf8")));
    const { all, exitCode } = await lint([copy]);
    expect([file, all, exitCode]).toEqual([file, "", 0]);
  }
});

test.each([
  ["an expression about what does not exist", "matrix.stack }}", "matrix.stak }}", 'property "stak" is not defined'],
  ["a job that is needed and missing", "needs: plan", "needs: plans", 'job "code-scanning" needs job "plans"'],
  ["an input that an action does not have", "fetch-depth: 0", "fetch-dept: 0", 'input "fetch-dept" is not defined'],
])("actionlint finds %s", async (_, from, to, message) => {
  const source = await readFile(join(folder, "pull-request.yml"), "utf8");
  expect(source).toContain(from);
  const file = join(directory, "wrong.yml");
  await writeFile(file, byMajor(source.replace(from, to)));
  const { all, exitCode } = await lint([file]);
  expect(exitCode).toBe(1);
  expect(all).toContain(message);
});

import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";

import { makeRepositories, overlay, overlayFile, report } from "./repositories.ts";
import type { Repositories } from "./repositories.ts";

let git: Repositories;
let folder: string;
let bad: string;

beforeEach(async () => {
  git = await makeRepositories();
  folder = temporaryFolder();
  const base = { "apps/app/base/kustomization.yaml": "configMapGenerator: [{ name: c, literals: [a=b] }]\n" };
  await git.commit("Release app 1", { ...base, [overlayFile]: overlay("1.0.0") });
  bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
});

afterEach(() => git.remove());

const onFailure = (event: unknown, ...args: readonly string[]) => {
  writeFiles(folder, { "event.json": JSON.stringify(event) });
  return gitops(folder, ["on-failure", "--event", join(folder, "event.json"), "--directory", git.clone, ...args]);
};

describe("gitops on-failure", () => {
  test("rolls back what the payload of a dispatch reports, rendered by kustomize, and says so", async () => {
    const { stdout, stderr, exitCode } = await onFailure({ client_payload: { event: report(bad) } }, "--json");
    expect([stderr, exitCode]).toEqual(["", 0]);
    const { decisions } = JSON.parse(stdout) as { readonly decisions: readonly object[] };
    expect(decisions).toMatchObject([{ action: "rolled-back", reverted: [bad] }]);
    expect(await git.show(overlayFile)).toContain("newTag: 1.0.0");
  });

  test("ends with 1 when a person is needed", async () => {
    const { stdout, exitCode } = await onFailure(report(bad, { onFailure: "notify" }));
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("left to people")]);
  });

  test("refuses with 2 what is no report, no file, or nothing to do", async () => {
    expect(await onFailure({ kind: "x" })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("kind") });
    const missing = await gitops(folder, ["on-failure", "--event", "missing.json"]);
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("missing.json") });
    expect(await gitops(folder, ["on-failure"])).toMatchObject({ exitCode: 2 });
  });

  test("refuses with 2 and Git's words when the remote is away", async () => {
    await git.remove();
    const { exitCode, stderr } = await onFailure(report(bad));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("error")]);
  });

  test("looks for what is overdue on branches", async () => {
    const args = ["on-failure", "--overdue", "--branch", "main", "--directory", git.clone];
    expect(await gitops(folder, args)).toMatchObject({ exitCode: 0, stdout: "nothing is overdue" });
  });
});

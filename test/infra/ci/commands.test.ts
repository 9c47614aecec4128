import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { releaseCommands } from "../../../cli/ci/commands/release.ts";
import { setOutputs } from "../../../cli/ci/github/outputs.ts";
import { parseCommitter } from "../../../cli/ci/release/write-tag.ts";
import { pipelineCatalog } from "../../../infra/ci/jenkins-x/catalog.ts";
import type { TaskSpec } from "../../../infra/crds/tekton.ts";

import { ofKind } from "./tekton-objects.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "results-"));
});

afterAll(() => rm(folder, { recursive: true }));

test("outputs become results of a Task, one file each", async () => {
  await setOutputs({ image: "ghcr.io/example/app", tag: "sha-1" }, { RESULTS_DIRECTORY: folder, GITHUB_OUTPUT: "/x" });
  expect((await readdir(folder)).sort()).toEqual(["image", "tag"]);
  expect(await readFile(join(folder, "image"), "utf8")).toBe("ghcr.io/example/app");
});

describe("a committer", () => {
  test("is a name and an address", () => {
    expect(parseCommitter("gitops-ci <ci@example.com>")).toEqual({ name: "gitops-ci", email: "ci@example.com" });
  });

  test.each(["ci", "<ci@example.com>", "ci <ci>", "ci <a@b> x", "ci\n <a@b>"])("is not %j", (text) => {
    expect(() => parseCommitter(text)).toThrow(/allowed is a name and an address/);
  });
});

describe("the Tasks call commands that exist, with the options that those have", () => {
  const commands = new Map(releaseCommands(() => ".").map((command) => [command.name(), command]));
  const called = ofKind<TaskSpec>("Task").flatMap(({ spec }) =>
    spec.steps.filter(({ command }) => command?.includes("/platform/cli/ci/main.ts")),
  );

  test("some do", () => {
    expect(called.map(({ command }) => command?.at(-1))).toEqual(["plan-release", "write-tag"]);
  });

  test.each(called.map((step) => [step.command?.at(-1) ?? "", step.args ?? []] as const))("%s", (name, args) => {
    const options = commands.get(name)?.options ?? [];
    const given = args.map((arg) => arg.replace(/=.*/, ""));
    expect(options.map(({ long }) => long)).toEqual(expect.arrayContaining(given));
    const required = options.filter(({ mandatory }) => mandatory).map(({ long }) => long);
    expect(given).toEqual(expect.arrayContaining(required));
  });

  test("and the overlay's committer is one that the command takes", () => {
    const committer = called.flatMap(({ args }) => args ?? []).find((arg) => arg.startsWith("--committer="));
    expect(parseCommitter(committer?.replace("--committer=", "") ?? "")).toMatchObject({ name: "gitops-ci" });
  });
});

test("the catalogue of Jenkins X is pinned to a commit", () => {
  expect(pipelineCatalog.spec.repositories.map(({ gitRef }) => gitRef)).toEqual([
    expect.stringMatching(/^[0-9a-f]{40}$/),
  ]);
});

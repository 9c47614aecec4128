import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { execa } from "execa";
import { parse } from "yaml";

import { addPatch, overlayFile } from "../../demo/git/overlay.ts";
import { Workbench } from "../../demo/git/workbench.ts";
import { layout } from "../../local/layout.ts";
import { copyProject } from "../support/project-copy.ts";

let folder: string;
let platform: ReturnType<typeof layout>;
let bench: Workbench;

const stage = { namespace: "dev", name: "core-trading" };
const git = (cwd: string, ...args: readonly string[]) =>
  execa("git", ["-c", "user.name=T", "-c", "user.email=t@t", ...args], { cwd });

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "gitops-demo-test-")));
  platform = layout(join(folder, "platform"));
  const project = join(folder, "project");
  await git(folder, "init", "--quiet", "--initial-branch", "develop", project);
  await copyProject(project);
  await git(project, "add", "apps");
  await git(project, "commit", "--quiet", "--message", "Begin");
  await git(folder, "clone", "--quiet", "--bare", project, platform.gitRepository);
  bench = await Workbench.open(platform, "develop");
});

afterEach(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});

const onBranch = async (): Promise<string> =>
  (await git(platform.gitRepository, "show", `develop:${overlayFile(stage)}`)).stdout;

test("a change is a commit on the branch of the platform; what changes nothing is none", async () => {
  const commit = await bench.commit("Try", () =>
    bench.edit(overlayFile(stage), (document) =>
      addPatch(document, "Deployment", [{ op: "add", path: "/x", value: 1 }]),
    ),
  );
  expect(await bench.latest(overlayFile(stage))).toBe(commit);
  expect(await bench.contains(commit ?? "", bench.begin)).toBe(true);
  expect(await bench.contains(bench.begin, commit ?? "")).toBe(false);
  expect(await bench.describe(commit ?? "")).toMatch(/^[0-9a-f]+ Try$/);
  const { patches } = parse(await onBranch()) as { patches: { target: object; patch: string }[] };
  expect(patches.at(-1)?.target).toEqual({ kind: "Deployment" });
  expect(parse(patches.at(-1)?.patch ?? "")).toEqual([{ op: "add", path: "/x", value: 1 }]);
  expect(await bench.commit("Again", () => Promise.resolve())).toBeUndefined();
});

test("it begins anew from what somebody else pushed meanwhile", async () => {
  const other = await Workbench.open(platform, "develop");
  let raced = false;
  await bench.commit("Ours", async () => {
    if (!raced) await other.commit("Theirs", () => other.rewrite("apps/README.md", () => "theirs\n"));
    raced = true;
    await bench.rewrite(overlayFile(stage), (text) => `${text}# ours\n`);
  });
  await other.close();
  expect(await onBranch()).toContain("# ours");
  expect((await git(platform.gitRepository, "show", "develop:apps/README.md")).stdout).toBe("theirs");
});

test("putting back restores files as they were at the beginning, and leaves others", async () => {
  const before = await onBranch();
  await bench.commit("Change", async () => {
    await bench.rewrite(overlayFile(stage), () => "resources: []\n");
    await bench.rewrite("apps/README.md", () => "mine\n");
  });
  await bench.commit("Put back", () => bench.putBack(`apps/${stage.name}`));
  expect(await onBranch()).toBe(before);
  expect(await readFile(join(bench.directory, "apps/README.md"), "utf8")).toBe("mine\n");
});

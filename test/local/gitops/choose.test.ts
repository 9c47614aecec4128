import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { chosenGitops } from "../../../local/gitops/choice.ts";
import { chooseGitops } from "../../../local/gitops/choose.ts";
import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";

let folder: string;
let platform: Layout;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gitops-choose-"));
  platform = layout(join(folder, "local"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a new platform has Argo CD, or what is asked for, and keeps it", async () => {
  expect(chosenGitops(platform)).toBe("argocd");
  expect(await chooseGitops(platform, "flux")).toBe("flux");
  expect(await chooseGitops(platform)).toBe("flux");
  expect(chosenGitops(platform)).toBe("flux");
});

test("the other engine is refused, with the way out", async () => {
  await chooseGitops(platform);
  await expect(chooseGitops(platform, "flux")).rejects.toThrow(/made with "argocd".*npm stop -- --purge/);
  expect(chosenGitops(platform)).toBe("argocd");
});

test("a platform from before there was a choice has Argo CD", async () => {
  await chooseGitops(platform);
  await rm(join(platform.directory, "gitops"));
  await writeFile(platform.kubeconfig, "");
  await expect(chooseGitops(platform, "flux")).rejects.toThrow('made with "argocd"');
});

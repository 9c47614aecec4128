import { chmod, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { baseImage } from "../../cli/ci/release/application.ts";
import { planRelease } from "../../cli/ci/release/plan-release.ts";
import { writeTag } from "../../cli/ci/release/write-tag.ts";
import { kustomize, root } from "../support/kustomize.ts";

const digest = (character: string): string => `sha256:${character.repeat(64)}`;
const image = { name: "ghcr.io/example/app", tag: "sha-111111111111", digest: digest("1") };
const request = { application: "app", environment: "dev", branch: "develop", image };

let directory: string;
let origin: string;
let checkout: string;
const git = async (cwd: string, ...args: readonly string[]): Promise<string> => {
  const identity = ["-c", "user.name=tester", "-c", "user.email=tester@example.com"];
  return (await execa("git", [...identity, ...args], { cwd })).stdout;
};

beforeAll(() => kustomize(), 180_000);
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "release-"));
  origin = join(directory, "origin.git");
  checkout = join(directory, "checkout");
  const seed = join(directory, "seed");
  await git(directory, "init", "--quiet", "--bare", "--initial-branch=develop", origin);
  await git(directory, "clone", "--quiet", origin, seed);
  await cp(join(root, "apps"), join(seed, "apps"), { recursive: true });
  await git(seed, "checkout", "--quiet", "-b", "develop");
  await git(seed, "add", ".");
  await git(seed, "commit", "--quiet", "-m", "Begin");
  await git(seed, "push", "--quiet", "origin", "develop");
  await git(directory, "clone", "--quiet", origin, checkout);
});
afterEach(() => rm(directory, { recursive: true }));

const pushed = (path: string) => git(origin, "show", `develop:${path}`);
const overlay = "apps/app/overlays/dev/kustomization.yaml";

describe("writing a tag", () => {
  test("changes the overlay's image alone, commits and pushes it", async () => {
    const before = await readFile(join(checkout, overlay), "utf8");
    const commit = await writeTag(checkout, request);
    expect(await git(origin, "rev-parse", "develop")).toMatch(new RegExp(`^${commit}`));
    expect(await git(origin, "show", "--stat", "--format=%an%n%s", "develop")).toMatch(
      /^github-actions\[bot\]\nRelease app sha-111111111111 to dev\n[^]*1 file changed/,
    );
    const after = await pushed(overlay);
    const rest = (text: string): string => text.replace(/images:\n(?:- .*\n(?: {2}.*\n)*)/, "");
    expect(rest(`${after}\n`)).toBe(rest(before));
    const { stdout } = await execa(await kustomize(), ["build", "apps/app/overlays/dev"], { cwd: checkout });
    expect(stdout).toContain(`image: ghcr.io/example/app:sha-111111111111@${digest("1")}`);
  }, 60_000);

  test("a second time makes no commit, another image does", async () => {
    await writeTag(checkout, request);
    expect(await writeTag(checkout, request)).toBeUndefined();
    const next = { name: image.name, tag: "sha-222222222222", digest: digest("2") };
    expect(await writeTag(checkout, { ...request, image: next })).toBeDefined();
    expect(await git(origin, "rev-list", "--count", "develop")).toBe("3");
    expect(await pushed(overlay)).not.toContain("111111111111");
  }, 60_000);

  test("keeps what another release pushed meanwhile", async () => {
    const other = join(directory, "other");
    await git(directory, "clone", "--quiet", origin, other);
    await writeTag(other, { ...request, application: "reporting" });
    await writeTag(checkout, request);
    expect(await git(origin, "log", "--format=%s", "develop")).toBe(
      "Release app sha-111111111111 to dev\nRelease reporting sha-111111111111 to dev\nBegin",
    );
  }, 60_000);

  test("a branch that is protected is an error with the words of Git, and is not tried again", async () => {
    const hook = join(origin, "hooks", "pre-receive");
    await writeFile(hook, `#!/bin/sh\necho tried >> "${directory}/tries"\necho "protected branch" >&2\nexit 1\n`);
    await chmod(hook, 0o755);
    await expect(writeTag(checkout, request)).rejects.toThrow(/branch "develop" was not pushed:[^]*protected branch/);
    expect(await readFile(join(directory, "tries"), "utf8")).toBe("tried\n");
  }, 60_000);

  test("a checkout with work in it is left alone", async () => {
    await writeFile(join(checkout, "apps", "README.md"), "work");
    await expect(writeTag(checkout, request)).rejects.toThrow("has changes of its own (apps/README.md)");
    expect(await readFile(join(checkout, "apps", "README.md"), "utf8")).toBe("work");
  }, 60_000);

  test.each([
    [
      "an application that is not there",
      { application: "nothing" },
      'application "nothing": allowed are app, core-trading',
    ],
    ["a tag that names nothing certain", { image: { ...image, tag: "latest" } }, 'image tag "latest"'],
    ["an image without a registry", { image: { ...image, name: "app" } }, 'image name "app"'],
    ["a digest of another kind", { image: { ...image, digest: "sha256:12" } }, 'image digest "sha256:12"'],
  ])("%s is refused before anything changes", async (_, wrong, message) => {
    await expect(writeTag(checkout, { ...request, ...wrong })).rejects.toThrow(message);
    expect(await git(checkout, "status", "--porcelain")).toBe("");
  });
});

test.each(["app", "core-trading", "reporting", "risk-control"])("%s has an image to release", async (application) => {
  expect(await baseImage(root, application)).toBe("ghcr.io/stefanprodan/podinfo");
});

describe("planning a release", () => {
  const asked = {
    application: "app",
    branch: "develop",
    commit: "0123456789abcdef".repeat(2) + "01234567",
    owner: "Example",
  };

  test("names the image after the commit, in lower case, and the environment after the branch", async () => {
    expect(await planRelease(root, asked)).toEqual({
      image: "ghcr.io/example/app",
      tag: "sha-0123456789ab",
      environment: "dev",
    });
    expect(await planRelease(root, { ...asked, branch: "main" })).toMatchObject({ environment: "prod" });
  });

  test.each([
    [{ application: "../apps/app" }, 'application "../apps/app"'],
    [{ branch: "feature" }, 'branch "feature" deploys no stack'],
    [{ commit: "main" }, 'commit "main": allowed are 40 hexadecimal digits'],
    [{ owner: "a b" }, 'image name "ghcr.io/a b/app"'],
  ])("%j is refused", async (wrong, message) => {
    await expect(planRelease(root, { ...asked, ...wrong })).rejects.toThrow(message);
  });
});

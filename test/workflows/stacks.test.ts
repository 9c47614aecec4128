import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { readParts } from "../../cli/ci/report/read-parts.ts";
import { targetsOf } from "../../cli/ci/stacks/targets.ts";
import { root } from "../support/kustomize.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "stacks-"));
  await mkdir(join(directory, "bin"));
});
afterEach(() => rm(directory, { recursive: true }));

describe("the stacks of a branch", () => {
  test.each([
    ["develop", "dev"],
    ["release", "staging"],
    ["main", "prod"],
  ])("%s deploys %s", async (branch, stack) => {
    expect(await targetsOf(root, branch)).toEqual([{ stack, branch }]);
  });

  test("another branch is refused with those that are allowed", async () => {
    await expect(targetsOf(root, "feature")).rejects.toThrow(
      'branch "feature" deploys no stack: allowed are develop (dev), release (staging), main (prod)',
    );
  });

  test("a team with one branch gets every stack from it, in the order a change travels", async () => {
    for (const stack of ["dev", "staging", "prod"]) {
      const config = { "gitops-platform:delivery": { [stack]: { branch: "trunk" } } };
      await writeFile(join(directory, `Pulumi.${stack}.yaml`), JSON.stringify({ config }));
    }
    expect((await targetsOf(directory, "trunk")).map(({ stack }) => stack)).toEqual(["dev", "staging", "prod"]);
  });
});

/**
 * Runs a step with a program of the test in the place of a tool that needs the cloud. It says what it was asked, and
 * ends as the tool documents.
 */
async function step(args: readonly string[], tool: string, exitCode: number, says = "") {
  const file = join(directory, "bin", tool);
  await writeFile(file, `#!/bin/sh\necho "$*" >> "${directory}/asked"\nprintf '%s\\n' "${says}"\nexit ${exitCode}\n`);
  await chmod(file, 0o755);
  const env = {
    PATH: [join(directory, "bin"), process.env["PATH"]].join(delimiter),
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_WORKFLOW_REF: "example/platform/.github/workflows/release-app.yml@refs/heads/develop",
  };
  const command = ["--import", "tsx", "cli/ci/main.ts", ...args];
  const run = await execa(process.execPath, command, { cwd: root, env, reject: false, all: true });
  const asked = await readFile(join(directory, "asked"), "utf8").catch(() => "");
  return { ...run, asked: asked.trim().split("\n") };
}

const packOf = (stack: string) => `--policy-pack policies --policy-pack-config policies/config/${stack}.json`;

describe("pulumi", () => {
  const out = () => join(directory, "reports");

  test("previews with the pack of the stack, and its words and verdict become a part of the report", async () => {
    const { exitCode, asked, all } = await step(
      ["preview", "--stack", "prod", "--out", out()],
      "pulumi",
      0,
      "+ aws:eks/cluster",
    );
    expect([exitCode, all]).toEqual([0, expect.stringContaining("+ aws:eks/cluster")]);
    expect(asked).toEqual([`preview --stack prod --diff ${packOf("prod")} --non-interactive --color never`]);
    expect(await readParts(out())).toEqual([
      { name: "preview-prod", markdown: "### Preview of prod succeeded\n\n```diff\n+ aws:eks/cluster\n```\n" },
    ]);
  }, 60_000);

  test("a preview that fails fails the step, and is reported too", async () => {
    const { exitCode } = await step(["preview", "--stack", "dev", "--out", out()], "pulumi", 1, "policy violated");
    expect(exitCode).toBe(1);
    expect((await readParts(out()))[0]?.markdown).toMatch(/dev failed with exit code 1[^]*policy violated/);
  }, 60_000);

  test("deploys with the pack again, without asking, and says which commit", async () => {
    const { exitCode, asked } = await step(["deploy", "--stack", "staging", "--commit", "abc"], "pulumi", 0);
    expect([exitCode, asked]).toEqual([
      0,
      [`up --stack staging --yes --diff --message deploy abc ${packOf("staging")} --non-interactive --color never`],
    ]);
  }, 60_000);

  test.each([
    [0, "in-step-prod", 0],
    [7, "drift-prod", 0],
    [1, undefined, 1],
    [3, undefined, 3],
  ])(
    "a preview for drift that ends with %i makes the part %s and the exit code %i",
    async (code, part, expected) => {
      const { exitCode, asked } = await step(["drift", "--stack", "prod", "--out", out()], "pulumi", code, "~ changed");
      expect(exitCode).toBe(expected);
      expect(asked[0]).toContain("preview --stack prod --expect-no-changes --refresh --diff");
      expect((await readParts(out())).map(({ name }) => name)).toEqual(part === undefined ? [] : [part]);
    },
    60_000,
  );

  test("the packs' configurations that the steps name are there", async () => {
    for (const stack of ["dev", "staging", "prod"]) {
      expect(JSON.parse(await readFile(join(root, `policies/config/${stack}.json`), "utf8"))).toBeInstanceOf(Object);
    }
  });
});

describe("cosign", () => {
  const digest = `sha256:${"d".repeat(64)}`;
  const args = (tag: string) => ["sign", "--image", "ghcr.io/example/app", "--tag", tag, "--digest", digest];

  test("signs the digest without a key and verifies it as this workflow", async () => {
    const { exitCode, asked } = await step(args("sha-1"), "cosign", 0);
    expect([exitCode, asked]).toEqual([
      0,
      [
        `sign --yes ghcr.io/example/app@${digest}`,
        "verify --certificate-identity https://github.com/example/platform/.github/workflows/release-app.yml@refs/heads/develop " +
          `--certificate-oidc-issuer https://token.actions.githubusercontent.com ghcr.io/example/app@${digest}`,
      ],
    ]);
  }, 60_000);

  test("a signature that is refused fails the step", async () => {
    expect((await step(args("sha-1"), "cosign", 1)).exitCode).toBe(1);
  }, 60_000);

  test("what names nothing certain is not signed", async () => {
    const { exitCode, all, asked } = await step(args("latest"), "cosign", 0);
    expect([exitCode, asked]).toEqual([1, [""]]);
    expect(all).toContain('image tag "latest": allowed is one such as 1.4.2 (and never latest)');
  }, 60_000);
});

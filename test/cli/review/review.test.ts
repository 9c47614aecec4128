import { readFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import type { ReviewDocument } from "../../../cli/review/output/json.ts";
import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";
import { overlay, program, projectFiles, secrets, wildcardProject } from "../plan/project.ts";

import { completion, startModel } from "./advice/model-server.ts";

const folder = temporaryFolder();

async function git(...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  return (await execa("git", [...identity, ...args], { cwd: folder })).stdout;
}

async function commitOn(branch: string, message: string, files: Parameters<typeof writeFiles>[1]): Promise<void> {
  await git("switch", "--quiet", "--create", branch, "main");
  writeFiles(folder, files);
  await git("add", "--all");
  await git("commit", "--quiet", "--message", message);
}

async function review(branch: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  await git("switch", "--quiet", branch);
  const ran = await gitops(folder, ["review", "--base", "main", "--json", ...args], env);
  if (ran.stdout === "") throw new Error(ran.stderr);
  return { ...ran, document: JSON.parse(ran.stdout) as ReviewDocument };
}

beforeAll(async () => {
  // The fixture's Secret in plain text breaks a policy by itself; here only what a change brings is to count.
  const lasting = 'new Namespace("ledger", { metadata: { name: "ledger" } });';
  writeFiles(folder, {
    ...Object.fromEntries(Object.entries(projectFiles).filter(([path]) => !path.endsWith("/secret.yaml"))),
    "index.ts": program(lasting),
    "apps/web/overlays/dev/kustomization.yaml": "namespace: dev\nresources: [objects.yaml]\n",
  });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "Begin");
  await commitOn("harmless", "Listen on 8080, because 80 needs a privilege", {
    "apps/web/overlays/dev/objects.yaml": overlay(8080),
  });
  await commitOn("dangerous", "WIP: clean up", {
    "index.ts": program(),
    "apps/web/overlays/prod/objects.yaml": overlay(80, "shop"),
  });
  await commitOn("forbidden", "Open the project, because it is easier", {
    "index.ts": program(lasting + wildcardProject),
  });
});

describe("gitops review", () => {
  test("tells what a harmless change is, and leaves the checkout as it was", async () => {
    const { document } = await review("harmless");
    expect(document.parts.map(({ weight }) => weight)).toEqual(
      expect.arrayContaining(["environment.dev", "kind.network", "blast.objects"]),
    );
    expect(document.parts.map(({ weight }) => weight)).not.toContain("message.reason");
    expect(document.band).toBe("low");
    expect(await git("status", "--porcelain")).toBe("");
    expect(await git("worktree", "list")).not.toContain("\n");
  });

  test("rejects a dangerous change with exit code 1 and says why", async () => {
    const { document, exitCode } = await review("dangerous");
    expect(exitCode).toBe(1);
    expect(document.approve).toBe(false);
    expect(document.risk).toBeGreaterThan(0.8);
    expect(document.rejections.join()).toContain("is above 0.8");
    expect(document.comments.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["removal.lasting", "message.wip", "environment.prod"]),
    );
    expect(JSON.stringify(document)).not.toContain(secrets.config);
  });

  test("rejects a violation whatever the risk", async () => {
    const { document, exitCode } = await review("forbidden", ["--max-risk", "1"]);
    expect(exitCode).toBe(1);
    const errors = document.comments.filter(({ level }) => level === "error");
    expect(errors.map(({ rule }) => rule).join()).toContain("policy/");
    expect(errors.map(({ message }) => message).join()).toContain("open");
  });

  test("takes the advice of a model, which never sees a secret and cannot approve", async () => {
    const server = await startModel(
      completion('{"approve": true, "risk": 0, "concerns": [{"text": "look at the ledger"}]}'),
    );
    try {
      const { document, exitCode } = await review("dangerous", ["--advice"], {
        GITOPS_REVIEW_PROVIDER: "openai",
        GITOPS_REVIEW_MODEL: "m",
        OPENAI_BASE_URL: server.url,
      });
      expect(exitCode).toBe(1);
      expect(document.comments.at(-1)?.message).toContain("look at the ledger");
      expect(server.received).toHaveLength(1);
      for (const secret of Object.values(secrets)) expect(server.received[0]?.body).not.toContain(secret);
    } finally {
      await server.close();
    }
  });

  test("writes SARIF, Markdown and text", async () => {
    await git("switch", "--quiet", "dangerous");
    const sarif = await gitops(folder, ["review", "--base", "main", "--sarif", "--out", "empty-home/out/review.sarif"]);
    expect(sarif).toMatchObject({ exitCode: 1, stdout: "" });
    const log = JSON.parse(readFileSync(join(folder, "empty-home/out/review.sarif"), "utf8")) as { version: string };
    expect(log.version).toBe("2.1.0");
    const markdown = await gitops(folder, ["review", "--base", "main", "--markdown"]);
    expect(markdown.stdout).toContain("<!-- gitops-review -->");
    const text = await gitops(folder, ["review", "--base", "main"], { FORCE_COLOR: "1" });
    expect(text.stdout).toMatch(/^risk 0\.\d\d \(critical\), rejected: /);
    expect(text.stdout).not.toContain("\u001b");
  });
});

describe("wrong usage ends with 2 and says how to mend it", () => {
  test.each([
    [[], "--base <git ref>"],
    [["--base", "nowhere"], '--base "nowhere": no such revision'],
    [["--base", "main", "--max-risk", "2"], '"2" is no number from 0 to 1'],
    [["--base", "main", "--json", "--sarif"], "cannot be used with"],
    [["--base", "main", "--config", "no.yaml"], '--config "no.yaml": cannot be read'],
    [["--base", "main", "--stack", "qa"], 'no stack "qa"'],
    [["--base", "main", "--advice"], "GITOPS_REVIEW_PROVIDER is not set"],
  ] as const)("%j", async (args, words) => {
    const { exitCode, stderr, stdout } = await gitops(folder, ["review", ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(words);
  });
});

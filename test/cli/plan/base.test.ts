import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { gitops, planJson, temporaryFolder, writeFiles, type Change, type PlanDocument } from "./gitops.ts";
import { overlay, program, projectFiles, secrets } from "./project.ts";

const folder = temporaryFolder();

async function git(...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  return (await execa("git", [...identity, ...args], { cwd: folder })).stdout;
}

const binding = (role: string) => `new CustomResource("binding", {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "binding", namespace: "orders" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "${role}" },
  });`;

beforeAll(async () => {
  writeFiles(folder, {
    ...projectFiles,
    "index.ts": program(`${binding("viewer")} new Namespace("old", { metadata: { name: "old" } });`),
    "apps/gone/overlays/dev/kustomization.yaml": "namespace: dev\nresources: [objects.yaml]\n",
    "apps/gone/overlays/dev/objects.yaml": overlay(80, "gone"),
  });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", ".");
  await git("commit", "--quiet", "-m", "base");
  writeFiles(folder, {
    "index.ts": program(`${binding("admin")} new Namespace("new", { metadata: { name: "new" } });`).replace(
      secrets.unmarked,
      `${secrets.unmarked}-rotated`,
    ),
    "Pulumi.dev.yaml": "config:\n  fixture:color: green\n",
    "apps/web/overlays/dev/objects.yaml": overlay(8080).replace("ports:\n", "ports:\n    - { name: admin, port: 1 }\n"),
    "apps/web/overlays/prod/objects.yaml": overlay(80, "shop"),
    "apps/gone/overlays/dev/kustomization.yaml": undefined,
    "apps/fresh/overlays/dev/kustomization.yaml": "namespace: dev\nresources: [objects.yaml]\n",
    "apps/fresh/overlays/dev/objects.yaml": overlay(80, "fresh"),
  });
});

let plan: PlanDocument;
let before: readonly string[];
beforeAll(async () => {
  before = [await git("status", "--porcelain"), await git("rev-parse", "HEAD"), await git("worktree", "list")];
  plan = await planJson(folder, ["dev", "--base", "main"]);
});

const named = (changes: readonly Change[] | null | undefined, name: string) =>
  changes?.filter((change) => change.name === name);

describe("the resources of a stack", () => {
  const changes = () => plan.stacks[0]!.changes;

  test("added and removed", () => {
    expect(named(changes(), "new")).toMatchObject([{ change: "added", fields: [] }]);
    expect(named(changes(), "old")).toMatchObject([{ change: "removed", fields: [] }]);
  });

  test("changed, field by field", () => {
    const fields = [{ path: "data.color", before: "blue", after: "green" }];
    expect(named(changes(), "settings")).toMatchObject([{ change: "changed", fields, replacedBecause: [] }]);
  });

  test("replaced where a field cannot change in place", () => {
    const fields = [{ path: "roleRef.name", before: "viewer", after: "admin" }];
    expect(named(changes(), "binding")).toMatchObject([
      { change: "replaced", fields, replacedBecause: ["roleRef.name"] },
    ]);
  });

  test("a new secret is seen to be another one, and not seen", () => {
    const fields = [{ path: "stringData", before: "[secret]", after: "[secret]" }];
    expect(named(changes(), "unmarked")).toMatchObject([{ change: "changed", fields }]);
    expect(named(changes(), "marked")).toEqual([]);
    expect(JSON.stringify(plan)).not.toContain(secrets.unmarked);
  });

  test("nothing else", () => {
    expect(changes()).toHaveLength(5);
    expect(plan.base).toEqual({ ref: "main", commit: before[1] });
  });
});

describe("the manifests of the overlays", () => {
  const changes = (path: string) => plan.overlays.find((found) => found.path === path)?.changes;

  test("changed, with items of lists by their names", () => {
    expect(changes("apps/web/overlays/dev")).toMatchObject([
      {
        change: "changed",
        id: "Service/dev/web",
        fields: [
          { path: "spec.ports[name=http].port", before: 80, after: 8080 },
          { path: "spec.ports[name=admin]", after: { name: "admin", port: 1 } },
        ],
      },
    ]);
  });

  test("replaced where the identity changed", () => {
    expect(changes("apps/web/overlays/prod")).toMatchObject([
      { change: "replaced", id: "Service/prod/shop", replacedBecause: ["metadata.name"] },
    ]);
  });

  test("overlays that came and went", () => {
    expect(changes("apps/fresh/overlays/dev")).toMatchObject([{ change: "added", id: "Service/dev/fresh" }]);
    expect(changes("apps/gone/overlays/dev")).toMatchObject([{ change: "removed", id: "Service/dev/gone" }]);
    expect(plan.summary["changes"]).toEqual({ added: 2, changed: 3, removed: 2, replaced: 2 });
  });
});

test("the checkout, its index and its worktrees are as before, and nothing is left", async () => {
  const after = [await git("status", "--porcelain"), await git("rev-parse", "HEAD"), await git("worktree", "list")];
  expect(after).toEqual(before);
  expect(readdirSync(join(folder, ".git")).includes("worktrees")).toBe(false);
});

test("text and Markdown show the same difference", async () => {
  const text = await gitops(folder, ["plan", "dev", "--base", "main", "--no-policies"]);
  expect(text.stdout).toContain("± kubernetes:rbac.authorization.k8s.io/v1:RoleBinding binding (replaced)");
  expect(text.stdout).toContain("roleRef.name: viewer -> admin  forces the replacement");
  expect(text.stdout).toContain("spec.ports[name=http].port: 80 -> 8080");
  const markdown = await gitops(folder, ["plan", "dev", "--base", "main", "--no-policies", "--markdown"]);
  expect(markdown.stdout).toContain("```diff");
  expect(markdown.stdout).toContain("  spec.ports[name=http].port:\n-   80\n+   8080");
});

test("a revision that is not there is exit code 2", async () => {
  const { exitCode, stderr } = await gitops(folder, ["plan", "dev", "--base", "nope"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('--base "nope": no such') });
});

test("hooks of the user neither run nor lend their index", async () => {
  const proof = join(folder, "empty-home", "hook-ran");
  writeFiles(folder, { ".git/hooks/post-checkout": `#!/bin/sh\ntouch ${proof}\n` });
  await execa("chmod", ["+x", join(folder, ".git", "hooks", "post-checkout")]);
  const env = { GIT_DIR: join(folder, ".git"), GIT_INDEX_FILE: join(folder, ".git", "index") };
  const { exitCode } = await gitops(folder, ["plan", "dev", "--base", "main", "--no-policies", "--no-manifests"], env);
  expect(exitCode).toBe(0);
  expect(existsSync(proof)).toBe(false);
  expect(await git("status", "--porcelain")).toBe(before[0]);
});

test("an interrupted comparison leaves no worktree", async () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith("gitops-base-"));
  const earlier = new Set(left());
  writeFiles(folder, { "index.ts": program("await new Promise((done) => setTimeout(done, 600_000));") });
  await git("commit", "--quiet", "-am", "hangs");
  writeFiles(folder, { "index.ts": program() });
  const running = execa(join(import.meta.dirname, "../../../cli/bin/gitops.mjs"), ["plan", "dev", "--base", "HEAD"], {
    cwd: folder,
    reject: false,
  });
  while (!(await git("worktree", "list")).includes("gitops-base-")) await new Promise((done) => setTimeout(done, 100));
  running.kill("SIGINT");
  const { exitCode, stderr } = await running;
  expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: expect.stringContaining("interrupted by SIGINT") });
  expect(left().filter((name) => !earlier.has(name))).toEqual([]);
  expect(await git("worktree", "list")).not.toContain("gitops-base-");
});

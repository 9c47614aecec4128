import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { root } from "../../support/kustomize.ts";

import { gitops, planJson, temporaryFolder, writeFiles, type Files, type PlanDocument } from "./gitops.ts";
import { program, projectFiles, secrets, wildcardProject } from "./project.ts";

function project(changes: Files = {}): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...projectFiles, ...changes });
  return folder;
}

const folder = project();
const lenient = ["--no-policies", "--no-manifests"];

describe("gitops plan", () => {
  test("prints the tree, the inputs that matter and the counts, without colour in a pipe", async () => {
    const env = { FORCE_COLOR: "1" };
    const { stdout, stderr, exitCode } = await gitops(folder, ["plan", "dev", ...lenient], env);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toContain("fixture dev: 6 resources");
    expect(stdout).toContain("├─ fixture:index:Team orders\n│  └─ kubernetes:core/v1:Namespace orders");
    expect(stdout).toContain("ConfigMap settings  metadata.namespace=orders  metadata.name=settings");
    expect(stdout).toMatch(/by type:\n {2}2 {2}kubernetes:core\/v1:ConfigMap/);
    expect(stdout).toContain("0 mandatory violations, 0 advisory");
    expect(stdout).not.toContain("\u001b[");
  });

  test("finds the project from a folder below, or by --directory", async () => {
    const below = await gitops(join(folder, "apps", "web"), ["plan", "dev", ...lenient]);
    const elsewhere = await gitops(temporaryFolder(), ["plan", "dev", ...lenient, "--directory", folder]);
    expect([below.exitCode, elsewhere.exitCode]).toEqual([0, 0]);
    expect(elsewhere.stdout).toBe(below.stdout);
  });

  test("takes several stacks, and all", async () => {
    const several = await planJson(folder, ["--stack", "prod", "-s", "dev", "--stack", "prod", ...lenient]);
    const all = await planJson(folder, ["--all", ...lenient]);
    expect(several.stacks.map(({ stack }) => stack)).toEqual(["prod", "dev"]);
    expect(all.stacks.map(({ stack }) => stack)).toEqual(["dev", "prod"]);
    const colors = all.stacks.map(({ resources }) => resources.find(({ name }) => name === "settings")?.inputs);
    expect(colors).toMatchObject([{ data: { color: "blue" } }, { data: { color: "red" } }]);
  });

  test("--json has a version and a stable shape", async () => {
    const plan = await planJson(folder, ["dev"]);
    expect(Object.keys(plan)).toEqual([
      "schemaVersion",
      "project",
      "base",
      "stacks",
      "overlays",
      "summary",
      "warnings",
    ]);
    expect(plan).toMatchObject({ schemaVersion: 1, base: null, warnings: [] });
    expect(Object.keys(plan.stacks[0]!)).toEqual(["stack", "counts", "resources", "violations", "changes"]);
    expect(Object.keys(plan.stacks[0]!.resources[0]!)).toEqual([
      ...["urn", "type", "name", "kind", "parent", "protect", "inputs"],
    ]);
    expect(plan.stacks[0]!.counts["kubernetes:core/v1:Secret"]).toBe(2);
    expect(plan.overlays.map(({ path, objects }) => [path, objects])).toEqual([
      ["apps/web/overlays/dev", 2],
      ["apps/web/overlays/prod", 1],
    ]);
    expect(Object.keys(plan.summary)).toEqual(["resources", "mandatory", "advisory", "changes"]);
  });

  test("--markdown has a table of types and the tree; --out writes it, folders included", async () => {
    const file = join(temporaryFolder(), "new", "plan.md");
    const ran = await gitops(folder, ["plan", "dev", ...lenient, "--markdown", "--out", file]);
    expect(ran).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^## Plan of fixture\n\n\*\*Passed\*\*: 0 mandatory violations, 0 advisory\./);
    expect(text).toContain(
      "### Stack `dev`: 6 resources\n\n| number | type |\n| ---: | --- |\n| 2 | `kubernetes:core/v1",
    );
    expect(text).toContain("<details>\n<summary>Resource tree</summary>\n\n```text\n├─ fixture:index:Team orders");
  });

  test.each([[[]], [["--json"]], [["--markdown"]]])("prints no secret (%j)", async (format) => {
    const { stdout, stderr } = await gitops(folder, ["plan", "--all", ...format]);
    expect(stdout).toContain("leaky");
    for (const value of Object.values(secrets)) {
      expect(stdout + stderr).not.toContain(value);
      expect(stdout + stderr).not.toContain(Buffer.from(value).toString("base64"));
    }
  });

  test("shows that a value is secret, whoever marked it", async () => {
    const { stacks } = await planJson(folder, ["dev", ...lenient]);
    const inputs = new Map(stacks[0]!.resources.map((resource) => [resource.name, resource.inputs]));
    expect(inputs.get("marked")).toMatchObject({ stringData: "[secret]" });
    expect(inputs.get("unmarked")).toMatchObject({ stringData: "[secret]" });
    expect(inputs.get("leaky")).toMatchObject({ data: { url: "postgres://[secret]@db" } });
  });
});

describe("the verdict", () => {
  test("a mandatory violation is exit code 1, with policy, resource and mend", async () => {
    const refused = project({
      "index.ts": program(wildcardProject),
      "policies/config/prod.json": '{ "all": "mandatory" }',
      "policies/config/dev.json": '{ "all": "advisory" }',
    });
    const prod = await gitops(refused, ["plan", "prod", "--no-manifests"]);
    expect(prod.exitCode).toBe(1);
    expect(prod.stdout).toMatch(/\[mandatory, \w+\] argocd-\S+ urn:pulumi:prod::fixture::\S+AppProject::open\n {4}\S/);
    const dev = await gitops(refused, ["plan", "dev", "--no-manifests", "--json"]);
    expect(dev.exitCode).toBe(0);
    const { summary, stacks } = JSON.parse(dev.stdout) as PlanDocument;
    expect(summary).toMatchObject({ mandatory: 0 });
    expect(stacks[0]!.violations.length).toBeGreaterThan(0);
  });

  test("a committed Secret in an overlay is refused by its name", async () => {
    const { overlays } = await planJson(folder, ["dev"]);
    const found = overlays.flatMap(({ violations }) => violations);
    expect(found).toContainEqual(
      expect.objectContaining({ policy: "no-plain-secrets", resource: "apps/web/overlays/dev: Secret/web" }),
    );
  });

  test("wrong settings of the pack are exit code 2", async () => {
    const wrong = project({ "policies/config/dev.json": '{ "no-such-policy": "mandatory" }' });
    const { exitCode, stderr } = await gitops(wrong, ["plan", "dev", "--no-manifests"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("no-such-policy") });
  });
});

describe("bad usage", () => {
  test.each([
    ["an unknown stack", ["nope"], 'no stack "nope"', "stacks here: dev, prod"],
    ["no stack where there are several", [], "which stack?", "dev, prod"],
    ["a stack and all", ["dev", "--all"], "--all", "keep one of them"],
    ["two formats", ["dev", "--json", "--markdown"], "--json", "--markdown"],
    ["an unknown option", ["dev", "--nope"], "unknown option", "gitops plan --help"],
    ["a file that cannot be written", ["dev", ...lenient, "--out", "/dev/null/x"], "/dev/null/x", "cannot be written"],
    ["a base outside Git", ["dev", ...lenient, "--base", "main"], '--base "main"', "not in a Git repository"],
  ])("%s is exit code 2 and says what to do", async (_, args, ...said) => {
    const { exitCode, stdout, stderr } = await gitops(folder, ["plan", ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    for (const text of said) expect(stderr).toContain(text);
  });

  test("an error of the configuration, or of the program, has its place and no secret", async () => {
    const wrong = project({ "Pulumi.dev.yaml": "config:\n  fixture:color: [1]\n" });
    const configuration = await gitops(wrong, ["plan", "dev", ...lenient]);
    expect(configuration.exitCode).toBe(2);
    expect(configuration.stderr).toContain("color: must be of type string");
    const thrown = project({
      "index.ts": program('throw new Error("cannot use " + config.require("databasePassword"));'),
    });
    const broken = await gitops(thrown, ["plan", "dev", ...lenient]);
    expect(broken).toMatchObject({ exitCode: 2, stderr: 'error: stack "dev": cannot use [secret]' });
    const syntax = await gitops(project({ "index.ts": "export default (" }), ["plan", "dev", ...lenient]);
    expect(syntax.exitCode).toBe(2);
    expect(syntax.stderr).toContain("index.ts:1:");
  });

  test("--help shows examples and the exit codes", async () => {
    const { exitCode, stdout } = await gitops(folder, ["plan", "--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("gitops plan prod --base origin/main");
    expect(stdout).toContain("Exit codes: 0 clean, 1 a mandatory policy is violated, 2 bad usage");
  });
});

test("a reader that leaves early is no error", async () => {
  const command = `"${join(root, "cli", "bin", "gitops.mjs")}" plan --help | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await execa("bash", ["-c", command], { cwd: folder, reject: false });
  expect({ stdout, stderr }).toEqual({ stdout: "0", stderr: "" });
});

test("the project's own stacks are planned without credentials, network or home", async () => {
  const { exitCode, stdout, stderr } = await gitops(root, ["plan", "--all", "--json"], {
    HOME: temporaryFolder(),
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const { stacks } = JSON.parse(stdout) as { stacks: { stack: string; resources: unknown[] }[] };
  expect(stacks.map(({ stack }) => stack)).toEqual(["dev", "local", "prod", "staging"]);
  for (const { resources } of stacks) expect(resources.length).toBeGreaterThan(10);
});

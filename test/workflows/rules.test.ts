import { describe, expect, test } from "@jest/globals";

import { readTargets } from "../../cli/ci/stacks/targets.ts";
import { root } from "../support/kustomize.ts";

import { files, jobs, steps, text, workflow } from "./support/read.ts";
import type { Job } from "./support/read.ts";

describe.each(files)("%s", (file) => {
  const parsed = workflow(file);

  test("never runs on pull_request_target", () => {
    expect(Object.keys(parsed.on)).not.toContain("pull_request_target");
  });

  test("grants nothing by default, and says what runs may overlap", () => {
    expect(parsed.permissions).toEqual({});
    expect(parsed.concurrency?.group).toMatch(/\$\{\{/);
    expect(typeof parsed.concurrency?.["cancel-in-progress"]).toBe("boolean");
  });

  test("stops scripts at the first failure, also in a pipe", () => {
    expect(parsed.defaults?.run?.shell).toBe("bash");
  });

  test("pins every action to a commit, with the version beside it", () => {
    const uses = [...text(file).matchAll(/\buses: (.*)$/gm)].map(([, use]) => use);
    expect(uses.length).toBeGreaterThan(0);
    for (const use of uses) expect(use).toMatch(/^[\w-]+(\/[\w-]+)+@[a-f0-9]{40} # v\d+\.\d+\.\d+$/);
  });
});

test("an action has one version in all workflows", () => {
  const versions = new Map<string, Set<string>>();
  for (const [, , { uses }] of steps) {
    const [action = "", commit = ""] = (uses ?? "").split("@");
    versions.set(action, (versions.get(action) ?? new Set()).add(commit));
  }
  for (const [action, commits] of versions) expect([action, commits.size]).toEqual([action, 1]);
});

describe.each(jobs)("%s, job %s", (file, name, job) => {
  test("says its permissions and how long it may take", () => {
    expect(Object.keys(job.permissions ?? {})).toContain("contents");
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(120);
  });

  test("keeps the token out of the checkout unless it pushes", () => {
    for (const step of job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
      const pushes = job.permissions?.["contents"] === "write";
      expect([file, name, step.with?.["persist-credentials"]]).toEqual([file, name, pushes ? undefined : false]);
    }
  });

  test("uses no cache where it can write or reach the cloud: another run may have filled it", () => {
    if (!Object.values(job.permissions ?? {}).includes("write")) return;
    for (const { uses = "", with: inputs = {} } of job.steps) {
      expect(uses).not.toMatch(/^actions\/cache@/);
      if (uses.startsWith("actions/setup-node@")) expect(inputs["package-manager-cache"]).toBe(false);
      if (uses.startsWith("actions/setup-go@")) expect(inputs["cache"]).toBe(false);
    }
  });
});

test("a pull request gets no token that writes, but for code scanning, which runs none of its code", () => {
  for (const [name, { permissions = {}, steps: own }] of Object.entries(workflow("pull-request.yml").jobs)) {
    const writes = Object.keys(permissions).filter((scope) => permissions[scope] === "write");
    if (name === "code-scanning") expect(own.some(({ run }) => run !== undefined)).toBe(false);
    else expect(writes.filter((scope) => scope !== "id-token")).toEqual([]);
  }
});

test("the code of a fork never meets the cloud", () => {
  for (const [name, job] of Object.entries(workflow("pull-request.yml").jobs)) {
    if (job.permissions?.["id-token"] !== "write") continue;
    expect([name, job.if]).toEqual([name, expect.stringContaining("head.repo.full_name == github.repository")]);
  }
});

test("the comment is written by code of the default branch", () => {
  const [step] = workflow("pull-request-comment.yml").jobs["comment"]?.steps ?? [];
  expect(step?.with?.["ref"]).toBe("${{ github.event.repository.default_branch }}");
  expect(text("pull-request-comment.yml")).not.toMatch(/head_sha|head_ref|allow-unsafe/);
});

describe("roles of the cloud", () => {
  const roles = (job: Job) => job.steps.flatMap(({ with: inputs }) => inputs?.["role-to-assume"] ?? []);
  const withRole = jobs.filter(([, , job]) => roles(job).length > 0);

  test("are taken by OIDC only, and only where a role is named", () => {
    expect(withRole).toHaveLength(4);
    for (const file of files) expect(text(file)).not.toMatch(/aws-access-key-id|aws-secret-access-key|secrets\./);
    for (const [, , job] of withRole) expect(job.permissions?.["id-token"]).toBe("write");
  });

  test("the one that changes things is only for `deploy`, in the environment of the stack", () => {
    for (const [file, name, job] of withRole) {
      const deploys = file === "deploy.yml" && name === "deploy";
      const role = deploys ? "${{ vars.DEPLOY_ROLE }}" : "${{ vars.PREVIEW_ROLE }}";
      expect([name, roles(job), job.environment]).toEqual([
        name,
        [role],
        `${deploys ? "" : "preview-"}\${{ matrix.stack }}`,
      ]);
      const runs = job.steps.flatMap(({ run }) => run ?? []).join("\n");
      expect(runs.includes("main.ts deploy ")).toBe(deploys);
    }
  });
});

describe("deploy.yml", () => {
  const { on, jobs: own } = workflow("deploy.yml");

  test("runs on the branches that the environments follow", async () => {
    const branches = (await readTargets(root)).map(({ branch }) => branch);
    expect((on["push"] as { readonly branches: readonly string[] }).branches).toEqual([...new Set(branches)]);
  });

  test("deploys one stack at a time and never ends an update half-way", () => {
    expect(own["deploy"]?.concurrency).toEqual({ "group": "stack-${{ matrix.stack }}", "cancel-in-progress": false });
  });

  test("deploys after the guard, the policies and a preview", () => {
    expect(own["deploy"]?.needs).toContain("preview");
    expect(own["preview"]?.needs).toContain("check");
    const check = own["check"]?.steps.flatMap(({ run }) => run ?? []) ?? [];
    expect(check).toEqual(
      expect.arrayContaining([expect.stringContaining("guard"), expect.stringContaining("gitops plan")]),
    );
  });

  test("looks for drift on a schedule, on the branch of each stack", () => {
    expect(on["schedule"]).toHaveLength(1);
    expect(own["drift"]?.steps[0]?.with?.["ref"]).toBe("${{ matrix.branch }}");
  });
});

test("a release pushes with SBOM and provenance, signs, and only then writes the tag", () => {
  const own = workflow("release-app.yml").jobs;
  const push = own["image"]?.steps.find(({ with: inputs }) => inputs?.["push"] === true);
  expect(push?.with).toMatchObject({ sbom: true, provenance: "mode=max" });
  expect(own["image"]?.steps.at(-1)?.run).toContain("main.ts sign ");
  expect([own["image"]?.needs, own["overlay"]?.needs]).toEqual([
    ["plan", "test"],
    ["plan", "image"],
  ]);
  // Who runs foreign code without a reason to write, does not.
  expect(own["test"]?.permissions).toEqual({ contents: "read" });
});

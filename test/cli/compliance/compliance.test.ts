import { isDeepStrictEqual } from "node:util";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import type { ComplianceDocument, Stage } from "../../../cli/compliance/model.ts";
import { violatingProbes } from "../../../cli/compliance/probes.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";

import { admissionPath, corePath, healthy, list, networkPath, pod, refusal } from "./healthy.ts";

let server: KubernetesServer;
let folder: string;

beforeAll(async () => {
  server = await startKubernetes();
  folder = temporaryFolder();
});
afterAll(() => server.close());
beforeEach(() => {
  server.answers.clear();
  server.refusals.clear();
  server.requests.length = 0;
  healthy(server);
  // Each violation is refused by the rule that it breaks.
  server.onPost = (_, object) => {
    const place = { environment: "prod", namespace: "prod" };
    const rule = Object.entries(violatingProbes).find(([, probe]) => isDeepStrictEqual(probe(place).object, object));
    return rule === undefined ? undefined : refusal(rule[0]);
  };
});

const run = (...args: readonly string[]) =>
  gitops(folder, ["compliance", "--no-plan", ...args, "--local", server.directory]);

async function judged(...args: readonly string[]) {
  const { stdout, stderr, exitCode } = await run("--json", ...args);
  expect(stderr).toBe("");
  const document = JSON.parse(stdout) as ComplianceDocument;
  const controls = document.environments.flatMap((one) => one.controls);
  const stage = (control: string, name: Stage) =>
    controls.find((one) => one.control === control)?.stages.find((one) => one.stage === name);
  const failing = controls.filter(({ result }) => result !== "pass").map(({ control, result }) => [control, result]);
  return { document, exitCode, controls, stage, failing };
}

describe("gitops compliance", () => {
  test("passes a sound cluster, with evidence that has a version, and keeps nothing of what it tries", async () => {
    const { document, exitCode, controls, stage, failing } = await judged();
    expect([exitCode, failing]).toEqual([0, []]);
    expect(document.environments).toMatchObject([{ environment: "prod", namespace: "prod" }]);
    expect(controls).toHaveLength(13);
    expect(stage("network-default-deny", "running")?.evidence).toEqual([
      {
        object: "NetworkPolicy prod/default-deny",
        resourceVersion: "7",
        result: "pass",
        says: "denies all that nobody allows",
      },
    ]);
    expect(stage("image-pinned", "admission")?.evidence.map(({ says }) => says)).toEqual([
      "is there",
      "the action is Deny, Audit",
      "was refused by it",
    ]);
    const writes = server.requests.filter((request) => !request.startsWith("GET "));
    expect(writes.length).toBeGreaterThan(5);
    expect(writes.filter((request) => !/^POST .*\?dryRun=All$/.test(request))).toEqual([]);
  });

  test("fails what is missing or wrong in the namespace", async () => {
    server.answers.set(networkPath, list());
    server.answers.set(`${corePath}/pods`, list(pod("registry.example/app:latest")));
    const { exitCode, stage, failing } = await judged();
    expect([exitCode, failing]).toEqual([
      1,
      [
        ["network-default-deny", "fail"],
        ["image-pinned", "fail"],
      ],
    ]);
    expect(stage("image-pinned", "running")?.evidence).toMatchObject([
      { object: "Pod prod/app-1", result: "fail", says: expect.stringContaining('runs "registry.example/app:latest"') },
    ]);
  });

  test("fails admission that is not bound with Deny, or lets a violation in", async () => {
    const bindings = `${admissionPath}/validatingadmissionpolicybindings`;
    server.answers.set(bindings, JSON.parse(JSON.stringify(server.answers.get(bindings)).replaceAll("Deny", "Warn")));
    server.onPost = () => [201, {}];
    const { exitCode, stage } = await judged();
    expect(exitCode).toBe(1);
    expect(stage("workload-no-host", "admission")?.evidence.map(({ result, says }) => [result, says])).toEqual([
      ["pass", "is there"],
      ["fail", "the action is Warn, Audit, not Deny"],
      ["fail", "was accepted"],
    ]);
  });

  test("takes no refusal for another reason as evidence", async () => {
    server.onPost = () => [403, { kind: "Status", message: 'User "v" cannot create resource "deployments"' }];
    const { exitCode, failing, stage } = await judged();
    expect(exitCode).toBe(1);
    expect(failing).toContainEqual(["image-pinned", "unknown"]);
    expect(stage("image-pinned", "admission")?.evidence.at(-1)?.says).toContain("cannot create resource");
  });

  test("knows nothing, and passes nothing, where it may read nothing", async () => {
    for (const path of server.answers.keys()) if (path !== "/version") server.refusals.set(path, 403);
    server.onPost = (path) => [403, { message: `${path} is forbidden` }];
    const { exitCode, controls } = await judged("--env", "prod");
    expect(exitCode).toBe(1);
    expect(new Set(controls.map(({ result }) => result))).toEqual(new Set(["unknown"]));
  });

  test("says what Open Cluster Management reports, where it runs", async () => {
    const policy = (environment: string, compliant: string) => ({
      metadata: { name: `gitops-resource-quota-${environment}`, namespace: "local-cluster" },
      status: { compliant, lastEvaluated: "2026-11-23T10:00:00Z" },
    });
    const path = "/apis/policy.open-cluster-management.io/v1/configurationpolicies";
    server.answers.set(path, list(policy("prod", "NonCompliant"), policy("dev", "Compliant")));
    const { stage, failing } = await judged();
    expect(failing).toEqual([["resource-quota", "fail"]]);
    expect(stage("resource-quota", "ocm")?.evidence).toMatchObject([
      {
        object: "ConfigurationPolicy local-cluster/gitops-resource-quota-prod",
        says: "NonCompliant, evaluated 2026-11-23T10:00:00Z",
      },
    ]);
  });

  test("names owner and end of a waiver, and ends with 0 then", async () => {
    const project = temporaryFolder();
    const waiver = (expires: string) => ({
      "Pulumi.yaml": "name: p\nmain: index.ts\nruntime: nodejs\n",
      "index.ts": "",
      "policies/waivers.yaml": `- { policy: image-pinned, resource: "kubernetes:core/v1:Pod::app-*", owner: ann, reason: moving, expires: ${expires} }\n`,
    });
    server.answers.set(`${corePath}/pods`, list(pod("registry.example/app:latest")));
    const ask = () => run("--json", "--directory", project);
    writeFiles(project, waiver(new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10)));
    const { stdout, exitCode } = await ask();
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/waived by ann until \d{4}-\d\d-\d\d: moving/)]);
    writeFiles(project, waiver("2020-01-01"));
    expect(await ask()).toMatchObject({ exitCode: 1, stdout: expect.not.stringContaining("waived by") });
  });

  test("is a table for people, and Markdown for a record", async () => {
    server.answers.set(networkPath, list());
    const table = await run();
    expect([table.exitCode, table.stdout]).toEqual([
      1,
      expect.stringContaining("prod (namespace prod): 12 pass, 1 fail"),
    ]);
    expect(table.stdout).toContain("none denies by default");
    const { stdout } = await run("--markdown");
    expect(stdout).toContain(
      "| `network-default-deny`: Only the traffic flows that a NetworkPolicy allows. | high | CIS",
    );
    expect(stdout).toContain("admission by gitops-network-default-deny: pass");
  });

  test("refuses with 2 a cluster that does not answer or serves no environment", async () => {
    server.refusals.set("/version", 401);
    expect(await run()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("/version") });
    server.refusals.clear();
    server.answers.set("/api/v1/namespaces", list({ metadata: { name: "default" } }));
    expect(await run()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("no namespace of an environment"),
    });
    expect(await run("--json", "--markdown")).toMatchObject({ exitCode: 2 });
  });
});

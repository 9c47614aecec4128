import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "@jest/globals";

import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";

const folder = temporaryFolder();
const definitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const versions = [
  { name: "v1", served: true, storage: true },
  { name: "v1beta1", served: true, storage: false },
];
let server: KubernetesServer;

beforeAll(async () => {
  server = await startKubernetes();
  writeFiles(folder, {
    "Pulumi.yaml": "name: fixture\nmain: index.ts\n",
    "Pulumi.dev.yaml": "config: {}\n",
    "index.ts": "",
    "new.yaml":
      "kind: CustomResourceDefinition\nmetadata: { name: things.example.com }\n" +
      "spec: { versions: [{ name: v1, served: true, storage: true }] }\n",
    "none.yaml": "kind: Deployment\n",
  });
  server.answers.set("/version", { gitVersion: "v1.35.4" });
  server.answers.set("/api/v1/nodes", {
    items: [{ metadata: { name: "one" }, status: { nodeInfo: { kubeletVersion: "v1.35.2" } } }],
  });
  server.answers.set(definitionsPath, {
    items: [
      {
        metadata: { name: "things.example.com" },
        spec: { versions },
        status: { storedVersions: ["v1beta1", "v1"] },
      },
    ],
  });
});
afterAll(() => server.close());

const run = (...args: readonly string[]) => gitops(folder, ["upgrade-check", ...args, "--local", server.directory]);

test("reads a cluster and ends with 0 where nothing blocks", async () => {
  const { stdout, stderr, exitCode } = await run("--to", "1.36", "--json");
  expect(stderr).toBe("");
  const report = JSON.parse(stdout) as { readonly findings: readonly object[] };
  expect(report).toMatchObject({ schemaVersion: 1, from: "v1.35.4", to: "1.36", summary: { blocking: 0 } });
  expect(report.findings).toContainEqual(expect.objectContaining({ where: "kubelet of node one", level: "fine" }));
  const stored = { where: "CustomResourceDefinition things.example.com", level: "warning" };
  expect(report.findings).toContainEqual(expect.objectContaining(stored));
  expect(exitCode).toBe(0);
  expect(server.requests.every((request) => request.startsWith("GET "))).toBe(true);
});

test("ends with 1 for what blocks: a skipped minor, a stored version that goes", async () => {
  const skipped = await run("--to", "1.39");
  expect(skipped.exitCode).toBe(1);
  expect(skipped.stdout).toMatch(/blocking control plane of .*: 1\.35\.4 to 1\.39 skips 3 of the minors/);
  expect(skipped.stdout).toContain("source: kubernetes.io, Version Skew Policy");
  const lost = await run("--to", "1.36", "--crds", join(folder, "new.yaml"));
  expect(lost.exitCode).toBe(1);
  expect(lost.stdout).toContain("stores v1beta1, which the new definition has no more");
});

test("ends with 2 for what cannot be judged, and says why", async () => {
  expect(await run("--to", "soon")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--to "soon"') });
  const none = await run("--crds", join(folder, "none.yaml"));
  expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("holds no CustomResourceDefinition") });
  const both = await run("--stack", "dev");
  expect(both).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("cannot be used with") });
  const unknown = await gitops(folder, ["upgrade-check", "--stack", "qa"]);
  expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("stacks here: dev") });
});

import { join } from "node:path";

import { describe, expect } from "@jest/globals";
import { execa } from "execa";

import type { ComplianceDocument } from "../../../../cli/compliance/model.ts";
import { projectDirectory } from "../../../../local/layout.ts";
import { eventually } from "../../support/eventually.ts";
import type { ThrowAwayPlatform } from "../../support/platform.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

import { admissionScenarios, withClient } from "./admission.ts";
import type { Named } from "./admission.ts";

/** What `gitops compliance` says of a real platform, and what the rules of admission refuse there. */
export function complianceScenarios(platform: GetPlatform): void {
  admissionScenarios(platform);

  describe("gitops compliance", () => {
    const control = (document: ComplianceDocument, id: string) =>
      document.environments.flatMap(({ controls }) => controls).find((one) => one.control === id);

    scenario(
      "passes, fails with evidence when somebody deletes the NetworkPolicy, and passes again",
      platform,
      async (on) => {
        const before = await compliance(on, "--env", "prod");
        expect(before.all.filter(({ result }) => result !== "pass")).toEqual([]);
        expect(before.exitCode).toBe(0);
        expect(control(before.document, "image-pinned")?.stages.map(({ stage }) => stage)).toEqual([
          "plan",
          "admission",
          "running",
        ]);

        const policy = ["networkpolicy", "default-deny", "--namespace", "prod"];
        const { stdout: kept } = await on.kubectl(["get", ...policy, "--output", "json"]);
        expect(await on.kubectl(["delete", ...policy])).toMatchObject({ exitCode: 0 });
        const broken = await compliance(on, "--env", "prod", "--no-plan");
        expect(broken.exitCode).toBe(1);
        expect(broken.all.filter(({ result }) => result !== "pass").map((one) => one.control)).toEqual([
          "network-default-deny",
        ]);
        expect(control(broken.document, "network-default-deny")?.stages).toMatchObject([
          { stage: "admission", result: "pass" },
          { stage: "running", result: "fail", evidence: [{ object: "NetworkPolicy in prod", result: "fail" }] },
        ]);

        const { apiVersion, kind, metadata, spec } = JSON.parse(kept) as Named & { apiVersion: string; kind: string };
        const { name, namespace, labels } = metadata;
        await withClient(on.client(), (client) =>
          client.post("/apis/networking.k8s.io/v1/namespaces/prod/networkpolicies", {
            apiVersion,
            kind,
            metadata: { name, namespace, labels },
            spec,
          }),
        );
        expect(await compliance(on, "--env", "prod", "--no-plan")).toMatchObject({ exitCode: 0 });
      },
    );

    scenario(
      "fails when a rule of admission no longer denies, because a violation gets through",
      platform,
      async (on) => {
        const binding = ["validatingadmissionpolicybinding", "gitops-image-pinned-deny"];
        const { stdout: kept } = await on.kubectl(["get", ...binding, "--output", "json"]);
        expect(await on.kubectl(["delete", ...binding])).toMatchObject({ exitCode: 0 });
        await eventually(async () => {
          const { document } = await compliance(on, "--env", "dev", "--no-plan");
          const [admission] = control(document, "image-pinned")?.stages ?? [];
          expect(admission).toMatchObject({ stage: "admission", result: "fail" });
          expect(admission?.evidence.map(({ result, says }) => [result, says])).toEqual([
            ["pass", "is there"],
            ["fail", "none is for dev"],
            ["fail", "was accepted"],
          ]);
        });
        const { apiVersion, kind, metadata, spec } = JSON.parse(kept) as Named & { apiVersion: string; kind: string };
        await withClient(on.client(), (client) =>
          client.post("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings", {
            apiVersion,
            kind,
            metadata: { name: metadata.name },
            spec,
          }),
        );
        await eventually(async () => {
          expect(await compliance(on, "--env", "dev", "--no-plan")).toMatchObject({ exitCode: 0 });
        });
      },
    );

    scenario("knows nothing, and passes nothing, for somebody without rights", platform, async (on) => {
      const kubeconfig = await on.user("viktor", ["nobody"]);
      const launcher = join(projectDirectory, "cli/bin/gitops.mjs");
      const args = ["compliance", "--no-plan", "--json", "--kubeconfig", kubeconfig];
      const { exitCode, stdout } = await execa(launcher, args, { env: { NODE_OPTIONS: "" }, reject: false });
      const { environments } = JSON.parse(stdout) as ComplianceDocument;
      expect(new Set(environments.flatMap(({ controls }) => controls.map(({ result }) => result)))).toEqual(
        new Set(["unknown"]),
      );
      expect(stdout).toContain("cannot list resource");
      expect(exitCode).toBe(1);
    });
  });
}

async function compliance(on: ThrowAwayPlatform, ...args: readonly string[]) {
  const { exitCode, stdout } = await on.gitops(["compliance", "--json", `--directory=${projectDirectory}`, ...args]);
  const document = JSON.parse(stdout) as ComplianceDocument;
  return { exitCode, document, all: document.environments.flatMap(({ controls }) => controls) };
}

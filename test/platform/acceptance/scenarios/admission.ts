import { describe, expect } from "@jest/globals";

import { allowedProbe, violatingProbes } from "../../../../cli/compliance/probes.ts";
import type { Probe } from "../../../../cli/compliance/probes.ts";
import { admissionRules } from "../../../../infra/compliance/admission/rules/index.ts";
import type { RestClient } from "../../../../local/kubernetes/rest-client.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

/** Admission decides the same, and nothing is left behind. */
const dryRun = { dryRun: "All" };
const rbac = "rbac.authorization.k8s.io";
const places = ["dev", "staging", "prod"].map((name) => ({ environment: name, namespace: name }));

/** What the rules of admission refuse and allow on a real API server. */
export function admissionScenarios(platform: GetPlatform): void {
  describe("admission in the namespace of an environment", () => {
    scenario("refuses what breaks a rule, and says what, what is allowed and how to mend it", platform, (on) =>
      withClient(on.client(), async (client) => {
        expect(Object.keys(violatingProbes).sort()).toEqual(admissionRules.map(({ name }) => name).sort());
        for (const place of places) {
          for (const [rule, probe] of Object.entries(violatingProbes)) {
            const refusal = new RegExp(
              `ValidatingAdmissionPolicy 'gitops-${rule}'.* denied request: .*; allowed: .*; \\w+`,
            );
            await expect(offer(client, probe(place))).rejects.toThrow(refusal);
          }
        }
      }),
    );

    scenario("refuses the same in every shape", platform, (on) =>
      withClient(on.client(), async (client) => {
        const job = (spec: object): Probe => ({
          path: "/apis/batch/v1/namespaces/dev/cronjobs",
          object: {
            apiVersion: "batch/v1",
            kind: "CronJob",
            metadata: { name: "stray" },
            spec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: { spec: { ...podSpec(), ...spec } } } } },
          },
        });
        const pod = (image: string): Probe => ({
          path: "/api/v1/namespaces/dev/pods",
          object: { apiVersion: "v1", kind: "Pod", metadata: { name: "stray" }, spec: podSpec(image) },
        });
        const admin = (kind: string, name: string): Probe => ({
          path: `/apis/${rbac}/v1/clusterrolebindings`,
          object: {
            apiVersion: `${rbac}/v1`,
            kind: "ClusterRoleBinding",
            metadata: { name: "stray" },
            roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "cluster-admin" },
            subjects: [{ kind, name, ...(kind === "ServiceAccount" ? { namespace: "keda" } : { apiGroup: rbac }) }],
          },
        });
        await expect(offer(client, job({ hostNetwork: true }))).rejects.toThrow("hostNetwork is true");
        // The API server of the local platform lets nothing be privileged, whoever asks (--allow-privileged=false).
        const privileged = podSpec("x:1", { privileged: true, allowPrivilegeEscalation: true });
        await expect(offer(client, job(privileged))).rejects.toThrow("privileged: Forbidden");
        await expect(offer(client, job(podSpec("x:1", { capabilities: {} })))).rejects.toThrow(
          "app keeps capabilities",
        );
        await expect(offer(client, job(podSpec("x:1", { runAsNonRoot: false })))).rejects.toThrow(
          "app may run as root",
        );
        await expect(offer(client, pod("registry.example/app"))).rejects.toThrow("app runs registry.example/app;");
        // A port of the registry is no tag.
        await expect(offer(client, pod("registry.example:5000/app"))).rejects.toThrow("registry.example:5000/app;");
        await expect(offer(client, admin("User", "dana"))).rejects.toThrow("gives cluster-admin to User dana");
        await expect(offer(client, admin("Group", "system:authenticated"))).rejects.toThrow("system:authenticated");

        for (const allowed of [
          pod("registry.example:5000/app:1"),
          pod(`registry.example/app@sha256:${"0".repeat(64)}`),
          // Controllers are installed so, and EKS does it itself.
          admin("ServiceAccount", "controller"),
          admin("User", "eks:addon-manager"),
          ...places.map(allowedProbe),
        ]) {
          await expect(offer(client, allowed)).resolves.toBeDefined();
        }
      }),
    );

    scenario("takes what Flagger and the applications have made, and leaves other namespaces alone", platform, (on) =>
      withClient(on.client(), async (client) => {
        const names: string[] = [];
        for (const namespace of ["dev", "prod"]) {
          const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
          const { items } = await client.get<{ readonly items: readonly Named[] }>(path);
          for (const { metadata, spec } of items) {
            const again = {
              apiVersion: "apps/v1",
              kind: "Deployment",
              metadata: { name: `${metadata.name}-again` },
              spec,
            };
            await offer(client, { path, object: again });
            names.push(metadata.name);
          }
        }
        expect(names).toEqual(expect.arrayContaining(["app", "app-primary", "core-trading", "core-trading-primary"]));
        const elsewhere = violatingProbes["image-pinned"]!({ environment: "", namespace: "keda" });
        await expect(offer(client, elsewhere)).resolves.toBeDefined();
      }),
    );
  });
}

const offer = (client: RestClient, { path, object }: Probe) => client.post(path, object, dryRun);

/** A pod that every rule allows, but for what is given. */
function podSpec(image = "registry.example/app:1.0.0", security: object = {}): object {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...security };
  const resources = { requests: { cpu: "1m", memory: "1Mi" }, limits: { cpu: "1m", memory: "1Mi" } };
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{ name: "app", image, resources, securityContext }],
  };
}

/** An object, as far as it is read. */
export interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: object };
  readonly spec: object;
}

/** Closes the client, whatever happens. */
export async function withClient<T>(client: RestClient, use: (client: RestClient) => Promise<T>): Promise<T> {
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

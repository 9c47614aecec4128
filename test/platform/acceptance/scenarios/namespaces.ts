import { describe, expect } from "@jest/globals";

import type { RestClient } from "../../../../local/kubernetes/rest-client.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

const namespaces = ["dev", "staging", "prod"];

/** What the namespace of an environment keeps out. */
export function namespaceScenarios(platform: GetPlatform): void {
  describe("the namespace of an environment", () => {
    scenario("denies traffic that nobody asked for, and has a quota and default limits", platform, async (on) => {
      const client = on.client();
      try {
        for (const namespace of namespaces) {
          const policy = await spec(
            client,
            `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies/default-deny`,
          );
          expect(policy).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
          const quota = await spec(client, `/api/v1/namespaces/${namespace}/resourcequotas/environment`);
          expect(Object.keys(quota["hard"] as object).sort()).toEqual(limited);
          const limits = await spec(client, `/api/v1/namespaces/${namespace}/limitranges/container-defaults`);
          expect(limits["limits"]).toHaveLength(1);
        }
      } finally {
        client.close();
      }
    });

    scenario("refuses a pod that is privileged, root, or has the rights of its node", platform, async (on) => {
      const client = on.client();
      try {
        for (const namespace of namespaces) {
          const path = `/api/v1/namespaces/${namespace}/pods`;
          const privileged = { privileged: true, allowPrivilegeEscalation: true };
          await expect(client.post(path, pod({ security: privileged }), dryRun)).rejects.toThrow(
            "privileged: Forbidden",
          );
          const escalating = client.post(path, pod({ security: { allowPrivilegeEscalation: true } }), dryRun);
          await expect(escalating).rejects.toThrow(`${violation} allowPrivilegeEscalation != false`);
          const onTheHost = client.post(path, pod({ spec: { hostNetwork: true, hostPID: true } }), dryRun);
          await expect(onTheHost).rejects.toThrow(`${violation} host namespaces (hostNetwork=true, hostPID=true)`);
          const root = client.post(path, pod({ security: { runAsUser: 0 } }), dryRun);
          await expect(root).rejects.toThrow(`${violation} runAsUser=0`);
        }
      } finally {
        client.close();
      }
    });

    scenario("takes a modest pod, gives it limits, and refuses one beyond the quota", platform, async (on) => {
      const client = on.client();
      try {
        const path = "/api/v1/namespaces/dev/pods";
        const taken = await client.post<{ readonly spec: unknown }>(path, pod({}), dryRun);
        const defaults = { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "500m", memory: "256Mi" } };
        expect(taken.spec).toMatchObject({ containers: [{ resources: defaults }] });
        const greedy = client.post(
          path,
          pod({ resources: { requests: { cpu: "100" }, limits: { cpu: "100" } } }),
          dryRun,
        );
        await expect(greedy).rejects.toThrow("exceeded quota: environment, requested: limits.cpu=100,requests.cpu=100");
      } finally {
        client.close();
      }
    });
  });
}

const limited = ["limits.cpu", "limits.memory", "pods", "requests.cpu", "requests.memory"];

/** Admission decides the same, and nothing is left behind. */
const dryRun = { dryRun: "All" };

async function spec(client: RestClient, path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await client.get<{ readonly spec: Readonly<Record<string, unknown>> }>(path)).spec;
}

const violation = 'violates PodSecurity "restricted:latest":';

/** A pod that the restricted standard allows, but for what is given. */
function pod(given: { readonly security?: object; readonly spec?: object; readonly resources?: object }): object {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...given.security };
  const image = "ghcr.io/stefanprodan/podinfo:6.9.0";
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "stray" },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containers: [{ name: "app", image, resources: given.resources ?? {}, securityContext }],
      ...given.spec,
    },
  };
}

import { describe, expect } from "@jest/globals";

import { restClient } from "../../../../local/kubernetes/rest-client.ts";
import { deploymentPath, imageOf, readDeployment } from "../../support/deployments.ts";
import type { Deployment } from "../../support/deployments.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";
import type { Denied, EngineUnderTest } from "../engines/engine.ts";

const annotation = "example.com/restarted-by-hand";

/** What a person with a certificate of a group may do to the Kubernetes API. */
export function accessScenarios(platform: GetPlatform, engine: EngineUnderTest): void {
  describe("a user in the group gitops-deployer", () => {
    scenario("updates a Deployment in dev", platform, async (on) => {
      const client = restClient(await on.user("dana", ["gitops-deployer"]));
      try {
        const found = await readDeployment(client, "dev", "app");
        const annotations = { ...found.metadata.annotations, [annotation]: "dana" };
        const changed = { ...found, metadata: { ...found.metadata, annotations } };
        const updated = await client.put<Deployment>(deploymentPath("dev", "app"), changed);
        expect(updated.metadata.annotations).toMatchObject({ [annotation]: "dana" });
        expect(imageOf(updated)).toBe(imageOf(found));
      } finally {
        client.close();
      }
    });

    const denied: Denied = [
      ["delete a Deployment", ["delete", "deployment", "app", "-n", "dev"], 'cannot delete resource "deployments"'],
      [
        "patch one",
        ["scale", "deployment", "app", "-n", "dev", "--replicas=3"],
        'cannot patch resource "deployments/scale"',
      ],
      ["create one", ["create", "deployment", "x", "-n", "dev", "--image=x"], 'cannot create resource "deployments"'],
      ["read a Secret", ["get", "secret", "held", "-n", "dev"], 'cannot get resource "secrets"'],
      ["list Secrets", ["get", "secrets", "-n", "dev"], 'cannot list resource "secrets"'],
      ["run a command in a pod", ["exec", "deploy/app", "-n", "dev", "--", "id"], 'cannot create resource "pods/exec"'],
      [
        "take an identity",
        ["create", "token", "default", "-n", "dev"],
        'cannot create resource "serviceaccounts/token"',
      ],
      ["look into kube-system", ["get", "deployments", "-n", "kube-system"], 'in the namespace "kube-system"'],
      ["look at every namespace", ["get", "deployments", "--all-namespaces"], "at the cluster scope"],
      ...engine.denied,
      ["give rights", ["create", "rolebinding", "x", "-n", "dev", "--clusterrole=admin", "--user=dana"], "forbidden"],
    ];
    scenario("can do nothing beyond", platform, async (on) => {
      const administrator = ["create", "secret", "generic", "held", "-n", "dev", "--from-literal=word=secret"];
      expect(await on.kubectl(administrator)).toMatchObject({ exitCode: 0 });
      const kubeconfig = await on.user("dana", ["gitops-deployer"]);
      for (const [what, args, message] of denied) {
        const { exitCode, all } = await on.kubectl(args, kubeconfig);
        expect({ what, exitCode, all }).toEqual({
          what,
          exitCode: 1,
          all: expect.stringMatching(/forbidden/i) as unknown,
        });
        expect(all).toContain(message);
        expect(all).toContain('User "dana"');
      }
    });

    scenario("has a namespace for each environment, and no other one", platform, async (on) => {
      const kubeconfig = await on.user("dana", ["gitops-deployer"]);
      const { stdout } = await on.kubectl(["get", "namespaces", "--output", "jsonpath={.items[*].metadata.name}"]);
      const allowed: string[] = [];
      for (const namespace of stdout.split(" ")) {
        const { exitCode } = await on.kubectl(["auth", "can-i", "update", "deployments", "-n", namespace], kubeconfig);
        if (exitCode === 0) allowed.push(namespace);
      }
      expect(allowed.sort()).toEqual(["dev", "prod", "staging"]);
    });
  });

  describe("other users", () => {
    scenario("gitops-viewer reads a Deployment and cannot update it", platform, async (on) => {
      const client = restClient(await on.user("vera", ["gitops-viewer"]));
      try {
        const found = await readDeployment(client, "dev", "app");
        await expect(client.put(deploymentPath("dev", "app"), found)).rejects.toThrow(
          'User "vera" cannot update resource "deployments" in API group "apps" in the namespace "dev"',
        );
      } finally {
        client.close();
      }
    });

    scenario("a user in no group of the platform sees nothing", platform, async (on) => {
      const kubeconfig = await on.user("nobody", []);
      const { exitCode, all } = await on.kubectl(["get", "pods", "-n", "dev"], kubeconfig);
      expect(exitCode).toBe(1);
      expect(all).toContain('User "nobody" cannot list resource "pods"');
    });
  });
}

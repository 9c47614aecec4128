import { describe, expect } from "@jest/globals";

import type { RestClient } from "../../../../local/kubernetes/rest-client.ts";
import { imageOf, isRolledOut, readDeployment } from "../../support/deployments.ts";
import { eventually } from "../../support/eventually.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

/** What a push does to the environment that follows the branch, and to no other. */
export function deploymentScenarios(platform: GetPlatform): void {
  describe("a push to develop", () => {
    scenario(
      "a changed image tag is synced to dev, the push says so, the users' pods follow; other environments stay",
      platform,
      async (on) => {
        const client = on.client();
        try {
          const elsewhere = await templatesOf(client, "prod", "staging");
          const commit = await on.checkout.setTag("app", "dev", image.tag);
          const begin = performance.now();
          const output = await on.checkout.push("develop");
          process.stdout.write(`a changed tag was synced to dev ${seconds(begin)} after the push began\n`);

          expect(output).toMatch(
            new RegExp(`dev +app +${commit.slice(0, 7)} +Synced +(Progressing|Healthy) +[0-9.]+ s`),
          );
          expect(imageOf(await readDeployment(client, "dev", "app"))).toBe(`${image.name}:${image.tag}`);
          await on.untilOne(
            "app-dev",
            ({ revision, sync, health }) => revision === commit && sync === "Synced" && health === "Healthy",
          );
          await eventually(async () => {
            const primary = await readDeployment(client, "dev", "app-primary");
            expect(imageOf(primary)).toBe(`${image.name}:${image.tag}`);
            expect(isRolledOut(primary)).toBe(true);
          });
          const selector = "app.kubernetes.io/name=app-primary";
          const pods = ["get", "pods", "--namespace", "dev", "--selector", selector, "--output", podImages];
          // The last pod of the old version finishes the requests under way.
          await eventually(async () =>
            expect(new Set((await on.kubectl(pods)).stdout.split(" "))).toEqual(
              new Set([`${image.name}:${image.tag}`]),
            ),
          );

          expect(await templatesOf(client, "prod", "staging")).toEqual(elsewhere);
          const others = (await on.applications()).filter(({ environment }) => environment !== "dev");
          expect(others.map(({ revision }) => revision)).not.toContain(commit);
        } finally {
          client.close();
        }
      },
    );

    scenario("a manifest that is deleted in Git is pruned from dev alone", platform, async (on) => {
      expect(await ingresses(on)).toContain("dev/app");
      const object = { apiVersion: "networking.k8s.io/v1", kind: "Ingress" };
      const commit = await on.checkout.leaveOut("app", "dev", object);
      expect(await on.checkout.push("develop")).toMatch(/dev +app .*Synced +Healthy/);
      await on.untilOne("app-dev", ({ revision, sync }) => revision === commit && sync === "Synced");
      const left = await ingresses(on);
      expect(left).not.toContain("dev/app");
      expect(left).toEqual(expect.arrayContaining(["dev/reporting", "prod/app"]));

      await on.checkout.git("revert", "--no-edit", "HEAD");
      await on.checkout.push("develop");
      await eventually(async () => expect(await ingresses(on)).toContain("dev/app"));
    });
  });
}

const image = { name: "ghcr.io/stefanprodan/podinfo", tag: "6.99.1" } as const;

const podImages = "jsonpath={.items[*].spec.containers[*].image}";

const seconds = (begin: number): string => `${((performance.now() - begin) / 1000).toFixed(1)} s`;

async function ingresses(on: ReturnType<GetPlatform>): Promise<readonly string[]> {
  const output = "jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name} {end}";
  return (await on.kubectl(["get", "ingresses", "--all-namespaces", "--output", output])).stdout.trim().split(" ");
}

/** Their pods' templates, which only a sync and a promotion change. */
async function templatesOf(client: RestClient, ...namespaces: readonly string[]): Promise<readonly unknown[]> {
  interface Item {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly template: unknown };
  }
  const lists = namespaces.map(async (namespace) => {
    const { items } = await client.get<{ readonly items: readonly Item[] }>(
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
    );
    return items.map(({ metadata, spec }) => ({ namespace, name: metadata.name, template: spec.template }));
  });
  return (await Promise.all(lists)).flat();
}

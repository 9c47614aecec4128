import { describe, expect } from "@jest/globals";

import { imageOf, readDeployment } from "../../support/deployments.ts";
import { eventually } from "../../support/eventually.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

/** A person takes a release back while it is still looked at. */
export function rollbackScenarios(platform: GetPlatform): void {
  describe("gitops rollback", () => {
    scenario("reverts the release in Git, and the cluster follows", platform, async (on) => {
      const client = on.client();
      const image = async (): Promise<string> => imageOf(await readDeployment(client, "dev", "reporting"));
      try {
        const before = await image();
        const bad = await on.checkout.setTag("reporting", "dev", "6.99.2");
        await on.checkout.push("develop", false);
        await on.untilOne("reporting-dev", ({ revision, sync }) => revision === bad && sync === "Synced");
        expect(await image()).not.toBe(before);

        const result = await on.gitops([
          "rollback",
          "reporting",
          "--env",
          "dev",
          "--reason",
          "a bad release",
          "--json",
        ]);
        expect(result).toMatchObject({ exitCode: 0 });
        const { commit } = JSON.parse(result.stdout) as { readonly commit: string };
        expect(JSON.parse(result.stdout)).toMatchObject({ action: "rolled-back", reverted: [bad], next: null });
        await on.checkout.git("pull", "--quiet", "--rebase", "local", "develop");
        expect(await on.checkout.head()).toBe(commit);

        await on.untilOne("reporting-dev", ({ revision, sync }) => revision === commit && sync === "Synced");
        await eventually(async () => expect(await image()).toBe(before));
      } finally {
        client.close();
      }
    });
  });
}

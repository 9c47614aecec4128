import { describe, expect } from "@jest/globals";

import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";
import type { EngineUnderTest } from "../engines/engine.ts";

const names = ["app", "core-trading", "reporting", "risk-control"];

/** Where a start leaves every application, and the approval that staging waits for. */
export function arrivalScenarios(platform: GetPlatform, engine: EngineUnderTest): void {
  describe("after npm start", () => {
    scenario(
      "four applications are Synced and Healthy in dev and prod, and await approval in staging",
      platform,
      async (on) => {
        const applications = await on.applications();
        const head = await on.checkout.head();
        const state = applications.map(({ environment, application, revision, sync, health, automated }) => {
          return { environment, application, revision, sync, health, automated };
        });
        const arrived = { revision: head, sync: "Synced", health: "Healthy", automated: true };
        const waiting = { revision: head, sync: "OutOfSync", health: "Missing", automated: false };
        const expected = names.flatMap((application) => [
          { environment: "dev", application, ...arrived },
          { environment: "staging", application, ...waiting },
          { environment: "prod", application, ...arrived },
        ]);
        expect(state).toHaveLength(expected.length);
        expect(state).toEqual(expect.arrayContaining(expected));
      },
    );

    scenario("nothing of an application is in the namespace that awaits approval", platform, async (on) => {
      const kinds = "deployments,pods,services,ingresses,serviceaccounts,poddisruptionbudgets";
      const { stdout } = await on.kubectl(["get", kinds, "--namespace", "staging", "--output", "name"]);
      expect(stdout.split("\n")).toEqual(engine.accounts);
    });

    scenario("a person approves staging, and only that application goes", platform, async (on) => {
      await engine.approve(on);
      const well = await on.untilOne("app-staging", ({ sync, health }) => sync === "Synced" && health === "Healthy");
      expect(well.revision).toBe(await on.checkout.head());
      const { stdout } = await on.kubectl(["get", "deployments", "--namespace", "staging", "--output", "name"]);
      // The second one is Flagger's: the pods that users are on.
      expect(stdout.split("\n")).toEqual(["deployment.apps/app", "deployment.apps/app-primary"]);
    });
  });
}

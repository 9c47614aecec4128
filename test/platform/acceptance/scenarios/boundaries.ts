import { describe, expect } from "@jest/globals";

import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";
import { strayName } from "../engines/engine.ts";
import type { EngineUnderTest, Stray } from "../engines/engine.ts";

const outside: readonly (readonly [what: string, stray: Stray])[] = [
  ["another namespace", { kind: "namespace", namespace: "kube-system" }],
  ["the namespace of another environment", { kind: "namespace", namespace: "prod" }],
  ["another repository", { kind: "repository" }],
];

/** What somebody with access to the cluster makes, and what somebody with access to Git writes, outside an environment. */
export function boundaryScenarios(platform: GetPlatform, engine: EngineUnderTest): void {
  describe("what points outside its environment is refused", () => {
    for (const [what, stray] of outside) {
      scenario(what, platform, async (on) => {
        const message = await engine.refused(on, stray);
        for (const words of engine.words(stray)) expect(message).toContain(words);
      });
    }

    scenario("kinds that are not on the list", platform, async (on) => {
      await engine.pushStrayManifests(on);
      for (const manifest of ["secret", "cluster-role", "role-binding"] as const) {
        const stray: Stray = { kind: "manifest", manifest };
        const message = await engine.refused(on, stray);
        for (const words of engine.words(stray)) expect(message).toContain(words);
      }
      const kinds = "secret,rolebinding";
      const left = await on.kubectl(["get", kinds, "-n", "dev", "-o", "name", "--field-selector", byName]);
      expect(left.stdout).toBe("");
      const role = await on.kubectl(["get", "clusterrole", strayName, "--ignore-not-found", "--output", "name"]);
      expect(role.stdout).toBe("");
    });
  });
}

const byName = `metadata.name=${strayName}`;

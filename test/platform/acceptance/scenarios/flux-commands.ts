import { describe, expect } from "@jest/globals";

import type { StatusDocument } from "../../../../cli/status/model.ts";
import { eventually } from "../../support/eventually.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

/** The gitops command where Flux delivers. */
export function fluxCommandScenarios(platform: GetPlatform): void {
  describe("the gitops command", () => {
    scenario("gitops status tells of every Kustomization what it tells of an Application", platform, async (on) => {
      const { stdout } = await on.gitops(["status", "--json"]);
      const { applications } = JSON.parse(stdout) as StatusDocument;
      expect(applications).toHaveLength(12);
      const app = applications.filter(({ application }) => application === "app");
      const facts = app.map(({ environment, waitsFor, sync }) => ({ environment, waitsFor, sync }));
      // Staging runs what was approved, and every other application of it waits.
      expect(facts).toEqual(
        ["dev", "staging", "prod"].map((environment) => ({ environment, waitsFor: null, sync: "Synced" })),
      );
      const waiting = applications.filter(({ waitsFor }) => waitsFor === "sync");
      expect(waiting.map(({ environment }) => environment)).toEqual(["staging", "staging", "staging"]);
    });

    scenario("after an approval it is suspended again, and Git is followed again", platform, async (on) => {
      const path = "jsonpath={.items[*].spec.suspend}";
      const kinds = ["kustomizations.kustomize.toolkit.fluxcd.io", "gitrepositories"];
      const [applications, sources] = await Promise.all(
        kinds.map((kind) => on.kubectl(["get", kind, "--namespace", "staging", "--output", path])),
      );
      expect(applications?.stdout).toBe("true true true true");
      expect(sources?.stdout).toBe("");
    });

    scenario("another engine for the same platform is refused, with the way out", platform, async (on) => {
      const { exitCode, all } = await on.command(["start", "--gitops", "argocd"]);
      expect(exitCode).toBe(1);
      expect(all).toContain('--gitops "argocd": this platform was made with "flux"');
      expect(all).toContain("npm stop -- --purge");
    });

    scenario("gitops promote takes what is well in dev, by the image that its pods run", platform, async (on) => {
      // What runs there was released by an earlier scenario, and Flagger may not be done with it.
      await on.untilOne("app-dev", ({ sync, health }) => sync === "Synced" && health === "Healthy");
      const promoted = await eventually(async () => {
        // A review needs the packages, and this checkout has none installed.
        const args = ["promote", "app", "--from", "dev", "--to", "staging", "--dry-run", "--no-review"];
        const { exitCode, all } = await on.gitops(args);
        expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
        return all;
      });
      expect(promoted).toMatch(/^\+.*newTag: 6\.99\.1$/m);
    });
  });
}

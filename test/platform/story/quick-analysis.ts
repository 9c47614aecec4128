import type { ThrowAwayPlatform } from "../support/platform.ts";

/** Three checks, the fewest that the policies let through, and two that may fail: there are five analyses in a row. */
export async function quickAnalyses({ checkout }: ThrowAwayPlatform): Promise<void> {
  await checkout.change(
    "apps/components/canary/blue-green/kustomization.yaml",
    (document) => {
      const patch = String(document.getIn(["patches", 0, "patch"]));
      document.setIn(["patches", 0, "patch"], patch.replace(/iterations, value: \d+/, "iterations, value: 3"));
    },
    "Check releases three times",
  );
  await checkout.change(
    "apps/components/canary/base/canary.yaml",
    (document) => document.setIn(["spec", "analysis", "threshold"], 2),
    "Let two checks of a release fail",
  );
}

import { expect, test } from "@jest/globals";
import type { V1PodDisruptionBudget } from "@kubernetes/client-node";

import { only, renderOverlays, workload } from "./overlays.ts";

const overlays = await renderOverlays();

test.each(overlays)("$path never blocks a drain for ever, even with one replica", (overlay) => {
  const budget = only<V1PodDisruptionBudget>(overlay, "PodDisruptionBudget").spec;
  expect(budget?.maxUnavailable).toBe(1);
  expect(budget?.minAvailable).toBeUndefined();
  expect(budget?.unhealthyPodEvictionPolicy).toBe("AlwaysAllow");
});

test.each(overlays)("$path covers the pods of a Flagger primary, whose selector label differs", (overlay) => {
  const selector = only<V1PodDisruptionBudget>(overlay, "PodDisruptionBudget").spec?.selector?.matchLabels ?? {};
  const { deployment } = workload(overlay);
  const labels = { ...deployment.spec?.template.metadata?.labels };
  for (const key of Object.keys(deployment.spec?.selector.matchLabels ?? {})) labels[key] += "-primary";
  expect(Object.keys(selector)).not.toHaveLength(0);
  expect(labels).toMatchObject(selector);
});

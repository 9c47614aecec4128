import { beforeAll, describe, expect, test } from "@jest/globals";

import { recordingTimeout, recordStack } from "./stack.ts";
import type { RecordedStack } from "./stack.ts";

let adopted: RecordedStack;

beforeAll(async () => {
  // The strictest environment: what it protects in a cloud of its own must not be made, or protected, here.
  adopted = await recordStack("prod", {
    cluster: { kind: "existing", kubeconfig: "shop.kubeconfig", context: "shop" },
  });
}, recordingTimeout);

describe("a stack with controllers of its own on a cluster of somebody else", () => {
  test("makes no network, no cluster, no nodes and nothing else in the cloud", () => {
    const cloud = adopted.resources.filter(({ type }) => /^(aws|eks):|providers:(aws|eks)|^gitops:cluster:/.test(type));
    expect(cloud.map(({ urn }) => urn)).toEqual([]);
    expect(adopted.all("kubernetes:storage.k8s.io/v1:StorageClass")).toEqual([]);
  });

  test("puts controllers and delivery on that cluster, and on no other", () => {
    const providers = adopted.all("pulumi:providers:kubernetes");
    expect(providers.map(({ inputs }) => inputs)).toEqual([
      expect.objectContaining({ context: "shop", clusterIdentifier: "shop" }),
    ]);
    const objects = adopted.resources.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(objects.length).toBeGreaterThan(50);
    for (const { urn, provider } of objects) {
      expect([urn, provider?.startsWith(`${providers[0]?.urn}::`)]).toEqual([urn, true]);
    }
    const components = [...adopted.all("gitops:controllers:"), ...adopted.all("gitops:delivery:Environment")];
    expect(components.map(({ type }) => type.split(":").at(-1))).toEqual(
      expect.arrayContaining(["Argocd", "CertManager", "Environment", "Flagger", "Keda", "Prometheus"]),
    );
    expect(adopted.all("kubernetes:helm.sh/v3:Release").length).toBeGreaterThan(4);
  });

  test("can be left: nothing is protected, and what outlives it is what was there before", () => {
    expect(adopted.resources.filter(({ protect }) => protect).map(({ urn }) => urn)).toEqual([]);
    const kept = adopted.resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ type }) => type);
    expect(new Set(kept)).toEqual(
      new Set(["kubernetes:argoproj.io/v1alpha1:AppProjectPatch", "kubernetes:core/v1:ServiceAccountPatch"]),
    );
  });
});

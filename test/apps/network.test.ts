import { describe, expect, test } from "@jest/globals";
import type { V1Ingress, V1NetworkPolicy, V1NetworkPolicyPeer } from "@kubernetes/client-node";

import { only, renderOverlays } from "./overlays.ts";

const overlays = (await renderOverlays()).map((overlay) => ({
  ...overlay,
  ingress: only<V1Ingress>(overlay, "Ingress"),
  policy: only<V1NetworkPolicy>(overlay, "NetworkPolicy").spec,
}));

/** `ingress/*`: any pod of a namespace; `kube-system/k8s-app=kube-dns`; `./core-trading`: an application beside it. */
function peer({ namespaceSelector, podSelector }: V1NetworkPolicyPeer): string {
  const namespace = namespaceSelector?.matchLabels?.["kubernetes.io/metadata.name"] ?? ".";
  const labels = Object.entries(podSelector?.matchLabels ?? {});
  const pods = labels.map(([key, value]) => (key === "gitops.platform/application" ? value : `${key}=${value}`));
  return `${namespace}/${pods.join(",") || "*"}`;
}

const users = ["ingress/*:9898", "monitoring/*:9898"];
const tests = ["flagger-system/app.kubernetes.io/name=loadtester:9898"];
const dns = ["kube-system/k8s-app=kube-dns:53"];
const flags = ["./app.kubernetes.io/name=flagd:8016"];
const peers: Readonly<Record<string, { readonly from: readonly string[]; readonly to: readonly string[] }>> = {
  "app": { from: [...users, ...tests], to: [...dns, ...flags] },
  "core-trading": { from: [...users, ...tests], to: [...dns, "./risk-control:9898"] },
  "reporting": { from: [...users, ...tests], to: dns },
  "risk-control": { from: [...users, "./core-trading:9898", ...tests], to: [...dns, ...flags] },
};

describe.each(overlays)("$path", (overlay) => {
  const { application, environment, ingress, policy } = overlay;

  test("may be called by, and may call, exactly whom it needs", () => {
    const ports = (rule: { ports?: { port?: unknown }[] }) => [...new Set(rule.ports?.map(({ port }) => String(port)))];
    const from = (policy?.ingress ?? []).flatMap((rule) =>
      (rule._from ?? (rule as { from?: V1NetworkPolicyPeer[] }).from ?? [{}]).flatMap((source) =>
        ports(rule).map((port) => `${peer(source)}:${port}`),
      ),
    );
    const to = (policy?.egress ?? []).flatMap((rule) =>
      (rule.to ?? [{}]).flatMap((target) => ports(rule).map((port) => `${peer(target)}:${port}`)),
    );
    expect({ from, to }).toEqual(peers[application]);
  });

  test("applies its policy in both directions to the pods of the application, a primary's too", () => {
    expect(policy?.policyTypes).toEqual(["Ingress", "Egress"]);
    expect(policy?.podSelector).toEqual({ matchLabels: { "gitops.platform/application": application } });
    expect(policy?.egress?.[0]?.ports?.map(({ protocol }) => protocol)).toEqual(["UDP", "TCP"]);
  });

  test("is reached by users over TLS under the host of its environment", () => {
    const host = environment === "prod" ? `${application}.example.com` : `${application}.${environment}.example.com`;
    expect(ingress.spec?.rules?.map((rule) => rule.host)).toEqual([host]);
    expect(ingress.spec?.tls).toEqual([{ hosts: [host], secretName: `${application}-tls` }]);
    expect(ingress.metadata?.annotations).toHaveProperty(["cert-manager.io/cluster-issuer"]);
  });

  test("does not wait for a load balancer to be healthy", () => {
    expect(ingress.metadata?.annotations).toMatchObject({ "argocd.argoproj.io/ignore-healthcheck": "true" });
  });
});

test("no two overlays share a host", () => {
  const hosts = overlays.flatMap(({ ingress }) => ingress.spec?.rules?.map(({ host }) => host) ?? []);
  expect(new Set(hosts).size).toBe(overlays.length);
});

test.each(overlays)("$path calls only applications that let it in", ({ application, environment }) => {
  for (const target of peers[application]?.to ?? []) {
    const name = /^\.\/(.+):9898$/.exec(target)?.[1];
    if (name === undefined) continue;
    expect(overlays.some((other) => other.application === name && other.environment === environment)).toBe(true);
    expect(peers[name]?.from).toContain(`./${application}:9898`);
  }
});

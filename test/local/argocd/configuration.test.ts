import { describe, expect, test } from "@jest/globals";
import { compare } from "bcryptjs";

import { defaultAccounts } from "../../../local/argocd/accounts.ts";
import { configMapData, configMaps } from "../../../local/argocd/configuration.ts";
import { argocdSecret } from "../../../local/argocd/credentials.ts";
import { parseManifests } from "../../../local/argocd/manifests.ts";
import { upstreamEnvironment } from "../../../local/argocd/upstream-environment.ts";

const manifests = `apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm}
data: {upstream: kept, url: overwritten}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-rbac-cm}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: argocd-server}
---
apiVersion: v1
kind: Service
metadata: {name: argocd-server}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: argocd-server}
spec:
  template:
    spec:
      containers:
        - name: argocd-server
          env:
            - {name: PLAIN, value: text}
            - {name: FROM_MAP, valueFrom: {configMapKeyRef: {name: argocd-cm, key: url}}}
            - {name: ABSENT, valueFrom: {configMapKeyRef: {name: argocd-cm, key: nothing, optional: true}}}
            - {name: FROM_SECRET, valueFrom: {secretKeyRef: {name: argocd-redis, key: auth}}}
`;
const upstream = parseManifests(manifests);
const data = configMapData(
  configMaps({
    upstream: upstream.configuration,
    settings: {
      cm: { "oidc.config": "issuer: https://example.com", "admin.enabled": "true", "platform": "kept" },
      rbac: { "policy.csv": "g, gitops-viewer, role:viewer\ng, other, role:admin\n", "policy.default": "" },
      params: {},
    },
    accounts: defaultAccounts,
    projects: [{ name: "dev", roles: [{ name: "deployer", groups: ["gitops-deployer"] }] }],
    serverUrl: "https://127.0.0.1:1",
    addresses: { redis: "127.0.0.1:2", repoServer: "127.0.0.1:3" },
  }),
);

describe("the configuration of the local Argo CD", () => {
  test("is upstream's, over it the platform's, over these what is local", () => {
    expect(data["argocd-cm"]).toMatchObject({
      "upstream": "kept",
      "platform": "kept",
      "url": "https://127.0.0.1:1",
      "admin.enabled": "false",
      "accounts.viewer": "login",
    });
    expect(data["argocd-cm"]).not.toHaveProperty("oidc.config");
  });

  test("gives each account the roles of its group and no other", () => {
    expect(data["argocd-rbac-cm"]?.["policy.local-accounts.csv"]).toBe(
      "g, viewer, role:viewer\ng, deployer, proj:dev:deployer\n",
    );
  });

  test("takes rights and leaves Services and workloads out of what is applied", () => {
    expect(upstream.rights.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}`)).toEqual([
      "ClusterRole ",
    ]);
    expect(upstream.configuration.map(({ metadata }) => metadata.namespace)).toEqual(["argocd", "argocd"]);
  });

  test("refuses a kind that nobody decided about", () => {
    expect(() => parseManifests(`${manifests}---\nkind: Ingress\nmetadata: {name: a}\n`)).toThrow(
      'manifests of Argo CD: kind "Ingress" is not expected',
    );
  });

  test("gives processes the environment of upstream's pods", () => {
    expect(upstreamEnvironment(upstream.workloads, "argocd-server", data)).toEqual({
      PLAIN: "text",
      FROM_MAP: "https://127.0.0.1:1",
    });
    expect(() => upstreamEnvironment(upstream.workloads, "argocd-dex", data)).toThrow('workload "argocd-dex"');
  });

  test("hashes passwords, and keeps what fits", async () => {
    const read = (secret: { readonly [field: string]: unknown }) => secret["data"] as Record<string, string>;
    const first = read(await argocdSecret(undefined, { viewer: "secret" }));
    const hash = Buffer.from(first["accounts.viewer.password"] ?? "", "base64").toString();
    expect(await compare("secret", hash)).toBe(true);
    expect(read(await argocdSecret(first, { viewer: "secret" }))).toEqual(first);
    const changed = read(await argocdSecret(first, { viewer: "other" }));
    expect(changed["server.secretkey"]).toBe(first["server.secretkey"]);
    expect(changed["accounts.viewer.password"]).not.toBe(first["accounts.viewer.password"]);
  });
});

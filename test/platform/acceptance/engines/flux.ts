import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "@jest/globals";

import { fluxPaths } from "../../../../local/flux/names.ts";
import type { ThrowAwayPlatform } from "../../support/platform.ts";

import { strayManifests, strayName } from "./engine.ts";
import type { EngineUnderTest } from "./engine.ts";

const resources = { "secret": "secrets", "cluster-role": "clusterroles", "role-binding": "rolebindings" } as const;

const metadata = (name: string) => ({ name, namespace: "dev" });

/** A Kustomization of dev for one overlay of Git, but for what is given. */
const kustomization = (application: string, given: object = {}): object => ({
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata: metadata(`${application}-dev`),
  spec: {
    sourceRef: { kind: "GitRepository", name: "platform" },
    path: `./apps/${application}/overlays/dev`,
    targetNamespace: "dev",
    serviceAccountName: "gitops-reconciler",
    interval: "1m",
    prune: true,
    ...given,
  },
});

/** Kustomizations and GitRepositories outside their environment, and the gitops command. */
export const flux: EngineUnderTest = {
  approve: async (on) => {
    const approved = await on.gitops(["approve", "app", "--env", "staging", "--timeout", "150"]);
    expect(approved).toMatchObject({ exitCode: 0 });
  },
  pushStrayManifests: async (on) => {
    for (const [name, manifest] of Object.entries(strayManifests)) {
      const directory = join(on.checkout.directory, "apps", `${strayName}-${name}`, "overlays", "dev");
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, "manifest.yaml"), JSON.stringify({ ...manifest, metadata: { name: strayName } }));
      await writeFile(join(directory, "kustomization.yaml"), JSON.stringify({ resources: ["manifest.yaml"] }));
    }
    await on.checkout.git("add", "apps");
    await on.checkout.git("commit", "--quiet", "--message", "Ask for more than is allowed");
    // Others of the branch may be under analysis.
    await on.checkout.push("develop", false);
  },
  refused: async (on, stray) => {
    switch (stray.kind) {
      case "namespace":
        return refusedByApi(on, "kustomizations", kustomization(strayName, { targetNamespace: stray.namespace }));
      case "repository":
        return refusedByApi(on, "gitRepositories", {
          apiVersion: "source.toolkit.fluxcd.io/v1",
          kind: "GitRepository",
          metadata: metadata(strayName),
          spec: { url: "https://git.example.com/somebody/else.git", interval: "1m", ref: { branch: "develop" } },
        });
      case "manifest":
        return refusedByController(on, `${strayName}-${stray.manifest}`);
    }
  },
  words: (stray) => {
    switch (stray.kind) {
      case "namespace":
        return ["gitops-flux-kustomizations", "a Kustomization has its own namespace as targetNamespace"];
      case "repository":
        return ["gitops-flux-sources", "a GitRepository names the platform's repository"];
      case "manifest":
        return [
          "is forbidden",
          'User "system:serviceaccount:dev:gitops-reconciler" cannot',
          `resource "${resources[stray.manifest]}"`,
        ];
    }
  },
  denied: [
    ["look into flux-system", ["get", "configmaps", "-n", "flux-system"], 'in the namespace "flux-system"'],
    [
      "delete a Kustomization",
      ["delete", "kustomizations.kustomize.toolkit.fluxcd.io", "app-dev", "-n", "dev"],
      'cannot delete resource "kustomizations"',
    ],
  ],
  // Beside the one of every namespace, whom kustomize-controller impersonates.
  accounts: ["serviceaccount/default", "serviceaccount/gitops-reconciler"],
  kinds: ["gitrepositories"],
  applications: "kustomizations.kustomize.toolkit.fluxcd.io",
};

/** The API server says no, for the administrator as well. @returns its words */
async function refusedByApi(
  on: ThrowAwayPlatform,
  kind: "kustomizations" | "gitRepositories",
  object: object,
): Promise<string> {
  const client = on.client();
  try {
    return await client.post(fluxPaths[kind]("dev"), object).then(
      () => Promise.reject(new Error("it was taken")),
      (error: unknown) => String(error),
    );
  } finally {
    client.close();
  }
}

/** Makes the Kustomization, which is one that may be, and waits for its failure. @returns the message */
async function refusedByController(on: ThrowAwayPlatform, application: string): Promise<string> {
  const client = on.client();
  const name = `${application}-dev`;
  try {
    await client.post(fluxPaths.kustomizations("dev"), kustomization(application));
    try {
      const found = await on.untilOne(name, ({ message }) => message.includes("forbidden"));
      expect(found.sync).not.toBe("Synced");
      return found.message;
    } finally {
      await client.delete(`${fluxPaths.kustomizations("dev")}/${name}`);
    }
  } finally {
    client.close();
  }
}

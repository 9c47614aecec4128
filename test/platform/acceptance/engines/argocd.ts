import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "@jest/globals";

import { repositoryUrl } from "../../../../local/git/index.ts";
import type { ThrowAwayPlatform } from "../../support/platform.ts";

import { strayManifests, strayName } from "./engine.ts";
import type { EngineUnderTest, Stray } from "./engine.ts";

const elsewhere = "https://git.example.com/somebody/else.git";

const kindWords = {
  "secret": ":Secret",
  "cluster-role": "rbac.authorization.k8s.io:ClusterRole",
  "role-binding": "rbac.authorization.k8s.io:RoleBinding",
} as const;

/** Applications outside their AppProject, and the argocd command. */
export const argocd: EngineUnderTest = {
  approve: async (on) => {
    const synced = await on.argocd("deployer", "app", "sync", "app-staging", "--timeout", "120");
    expect(synced).toMatchObject({ exitCode: 0 });
  },
  pushStrayManifests: async (on) => {
    for (const [folder, manifest] of Object.entries(strayManifests)) {
      const directory = join(on.checkout.directory, strayName, folder);
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, "manifest.yaml"), JSON.stringify({ ...manifest, metadata: { name: strayName } }));
    }
    await on.checkout.git("add", strayName);
    await on.checkout.git("commit", "--quiet", "--message", "Ask for more than is allowed");
    await on.checkout.push(strayName);
    // Not for develop: the next scenario pushes the checkout's HEAD.
    await on.checkout.git("reset", "--quiet", "--hard", "HEAD~1");
  },
  refused: (on, stray) => refused(on, applicationOf(on, stray)),
  words: (stray) => {
    switch (stray.kind) {
      case "namespace":
        return [
          "InvalidSpecError",
          `server 'https://kubernetes.default.svc' and namespace '${stray.namespace}' do not match`,
          "any of the allowed destinations in project 'dev'",
        ];
      case "repository":
        return [`application repo ${elsewhere} is not permitted`, "in project 'dev'"];
      case "manifest":
        return [`resource ${kindWords[stray.manifest]} is not permitted in project dev`];
    }
  },
  denied: [
    ["look into argocd", ["get", "configmaps", "-n", "argocd"], 'in the namespace "argocd"'],
    [
      "change an Application",
      ["delete", "application.argoproj.io", "app-dev", "-n", "argocd"],
      'in the namespace "argocd"',
    ],
  ],
  // The one that Kubernetes makes in every namespace.
  accounts: ["serviceaccount/default"],
  kinds: ["appprojects"],
  applications: "applications",
};

/** The neutral project of Argo CD allows nothing. */
export const refusedByDefaultProject = (on: ThrowAwayPlatform): Promise<string> =>
  refused(on, { ...applicationOf(on, { kind: "namespace", namespace: "dev" }), project: "default" });

interface Spec {
  readonly project: string;
  readonly [field: string]: unknown;
}

function applicationOf(on: ThrowAwayPlatform, stray: Stray): Spec {
  const manifest =
    stray.kind === "manifest" ? { targetRevision: strayName, path: `${strayName}/${stray.manifest}` } : {};
  return {
    project: "dev",
    source: {
      repoURL: stray.kind === "repository" ? elsewhere : repositoryUrl(on.layout),
      targetRevision: "develop",
      path: "apps/app/overlays/dev",
      ...manifest,
    },
    destination: {
      server: "https://kubernetes.default.svc",
      namespace: stray.kind === "namespace" ? stray.namespace : "dev",
    },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  };
}

/** Makes the Application, waits for a message of refusal, and takes it away again. @returns the message */
async function refused(on: ThrowAwayPlatform, spec: Spec): Promise<string> {
  const applications = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
  const metadata = { name: strayName, namespace: "argocd" };
  const client = on.client();
  try {
    await client.post(applications, { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata, spec });
    try {
      const found = await on.untilOne(strayName, ({ message }) => /not (permitted|match)/.test(message));
      expect(found.sync).not.toBe("Synced");
      return found.message;
    } finally {
      await client.delete(`${applications}/${strayName}`);
    }
  } finally {
    client.close();
  }
}

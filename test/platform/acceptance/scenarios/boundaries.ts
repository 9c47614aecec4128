import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect } from "@jest/globals";

import { repositoryUrl } from "../../../../local/git/index.ts";
import type { ThrowAwayPlatform } from "../../support/platform.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

interface Stray {
  readonly project?: string;
  readonly repository?: string;
  readonly namespace?: string;
  readonly branch?: string;
  readonly path?: string;
}

/** Applications that somebody with access to the cluster makes, and that point outside their AppProject. */
export function boundaryScenarios(platform: GetPlatform): void {
  describe("an Application that points outside its project is refused", () => {
    scenario("another namespace", platform, async (on) => {
      const message = await refused(on, { namespace: "kube-system" });
      expect(message).toContain("InvalidSpecError");
      expect(message).toContain("server 'https://kubernetes.default.svc' and namespace 'kube-system' do not match");
      expect(message).toContain("any of the allowed destinations in project 'dev'");
    });

    scenario("the namespace of another environment", platform, async (on) => {
      const message = await refused(on, { namespace: "prod" });
      expect(message).toContain("namespace 'prod' do not match any of the allowed destinations in project 'dev'");
    });

    scenario("another repository", platform, async (on) => {
      const message = await refused(on, { repository: "https://git.example.com/somebody/else.git" });
      expect(message).toContain("application repo https://git.example.com/somebody/else.git is not permitted");
      expect(message).toContain("in project 'dev'");
    });

    scenario("the project `default`, which allows nothing", platform, async (on) => {
      const message = await refused(on, { project: "default" });
      expect(message).toContain("is not permitted in project 'default'");
    });

    scenario("kinds that are not on the list", platform, async (on) => {
      await pushStrayManifests(on);
      for (const [path, kind] of [
        ["stray/secret", ":Secret"],
        ["stray/cluster-role", "rbac.authorization.k8s.io:ClusterRole"],
        ["stray/role-binding", "rbac.authorization.k8s.io:RoleBinding"],
      ] as const) {
        expect(await refused(on, { branch: "stray", path })).toContain(
          `resource ${kind} is not permitted in project dev`,
        );
      }
      const left = await on.kubectl([
        "get",
        "secret,rolebinding",
        "-n",
        "dev",
        "-o",
        "name",
        "--field-selector",
        byName,
      ]);
      expect(left.stdout).toBe("");
      const role = await on.kubectl(["get", "clusterrole", "stray", "--ignore-not-found", "--output", "name"]);
      expect(role.stdout).toBe("");
    });
  });
}

const byName = "metadata.name=stray";
const name = "stray";

/** Makes the Application, waits for a message of refusal, and takes it away again. @returns the message */
async function refused(on: ThrowAwayPlatform, stray: Stray): Promise<string> {
  const applications = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
  const client = on.client();
  try {
    await client.post(applications, application(on, stray));
    try {
      const found = await on.untilOne(name, ({ message }) => /not (permitted|match)/.test(message));
      expect(found.sync).not.toBe("Synced");
      return found.message;
    } finally {
      await client.delete(`${applications}/${name}`);
    }
  } finally {
    client.close();
  }
}

function application(on: ThrowAwayPlatform, stray: Stray): object {
  const { project = "dev", repository = repositoryUrl(on.layout), namespace = "dev" } = stray;
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, namespace: "argocd" },
    spec: {
      project,
      source: {
        repoURL: repository,
        targetRevision: stray.branch ?? "develop",
        path: stray.path ?? "apps/app/overlays/dev",
      },
      destination: { server: "https://kubernetes.default.svc", namespace },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  };
}

/** A branch with one forbidden manifest a folder. */
async function pushStrayManifests(on: ThrowAwayPlatform): Promise<void> {
  const rbac = "rbac.authorization.k8s.io";
  const manifests = {
    "secret": { apiVersion: "v1", kind: "Secret", stringData: { taken: "yes" } },
    "cluster-role": { apiVersion: `${rbac}/v1`, kind: "ClusterRole", rules: [] },
    "role-binding": {
      apiVersion: `${rbac}/v1`,
      kind: "RoleBinding",
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ apiGroup: rbac, kind: "Group", name: "gitops-viewer" }],
    },
  };
  for (const [folder, manifest] of Object.entries(manifests)) {
    const directory = join(on.checkout.directory, "stray", folder);
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, "manifest.yaml"), JSON.stringify({ ...manifest, metadata: { name } }));
  }
  await on.checkout.git("add", "stray");
  await on.checkout.git("commit", "--quiet", "--message", "Ask for more than is allowed");
  await on.checkout.push("stray");
  // Not for develop: the next scenario pushes the checkout's HEAD.
  await on.checkout.git("reset", "--quiet", "--hard", "HEAD~1");
}

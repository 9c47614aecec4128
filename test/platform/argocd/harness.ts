import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { argocdSettings } from "../../../infra/controllers/argocd/settings.ts";
import type { ArgocdSettingsOptions } from "../../../infra/controllers/argocd/settings.ts";
import { defaultAccounts, startArgocd, stopArgocd } from "../../../local/argocd/index.ts";
import type { Argocd, ArgocdTools } from "../../../local/argocd/index.ts";
import { startControlPlane, stopControlPlane } from "../../../local/control-plane/index.ts";
import type { ControlPlane } from "../../../local/control-plane/index.ts";
import { repositoryUrl } from "../../../local/git/index.ts";
import { applyObjects } from "../../../local/kubernetes/apply.ts";
import type { KubernetesObject } from "../../../local/kubernetes/rest-client.ts";
import { restClient } from "../../../local/kubernetes/rest-client.ts";
import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";

/** A platform of its own in a temporary folder: control plane and Argo CD, with a checkout to push from. */
export interface TestPlatform {
  readonly layout: Layout;
  readonly controlPlane: ControlPlane;
  readonly checkout: string;
  /** Starts Argo CD again, as `npm start` would. */
  readonly start: () => Promise<Argocd>;
  readonly apply: (...objects: KubernetesObject[]) => Promise<void>;
  readonly git: (...args: string[]) => Promise<{ readonly stdout: string; readonly stderr: string }>;
  /** Writes a file of the checkout. */
  readonly write: (path: string, content: string) => Promise<void>;
  readonly destroy: () => Promise<void>;
}

const policy = {
  projects: ["dev"],
  roles: { viewer: ["gitops-viewer"], deployer: ["gitops-deployer"], admin: ["gitops-admin"] },
};

/**
 * @param before what is done with the cluster before Argo CD is there, such as the kinds of other controllers
 * @param settings of Argo CD that differ
 */
export async function testPlatform(
  before: (tools: Awaited<ReturnType<typeof ensureTools>>, controlPlane: ControlPlane) => Promise<unknown> = () =>
    Promise.resolve(),
  settings: Partial<ArgocdSettingsOptions> = {},
): Promise<TestPlatform> {
  const directory = await mkdtemp(join(tmpdir(), "gitops-"));
  const paths = layout(join(directory, "local"));
  const checkout = join(directory, "checkout");
  const tools = await ensureTools({ logDirectory: join(directory, "build"), onEvent: () => undefined });
  const controlPlane = await startControlPlane(paths, tools);
  await before(tools, controlPlane);
  const start = (): Promise<Argocd> =>
    startArgocd(paths, tools satisfies ArgocdTools, controlPlane, {
      settings: argocdSettings({ ...policy, ...settings }),
      accounts: defaultAccounts,
    });
  await start();
  const client = restClient(controlPlane.kubeconfig);
  const git: TestPlatform["git"] = (...args) => execa("git", args, { cwd: checkout });
  await mkdir(checkout, { recursive: true });
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Test");
  await git("config", "user.email", "test@example.com");
  return {
    layout: paths,
    controlPlane,
    checkout,
    start,
    git,
    apply: (...objects) => applyObjects(client, objects, { fieldManager: "test" }),
    write: async (path, content) => {
      await mkdir(join(checkout, path, ".."), { recursive: true });
      await writeFile(join(checkout, path), content);
    },
    destroy: async () => {
      client.close();
      await stopArgocd(paths);
      await stopControlPlane(paths);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The AppProject `dev`: this repository, the namespace `dev`, three kinds. */
export function project(platform: TestPlatform): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "dev", namespace: "argocd" },
    spec: {
      sourceRepos: [repositoryUrl(platform.layout)],
      destinations: [{ server: "https://kubernetes.default.svc", namespace: "dev" }],
      namespaceResourceWhitelist: [
        { group: "apps", kind: "Deployment" },
        { group: "", kind: "ConfigMap" },
      ],
    },
  };
}

/** The Application `<name>-<environment>`, which follows `branch`. */
export function application(
  platform: TestPlatform,
  args: { name: string; environment: string; branch: string; namespace?: string; automated: boolean },
): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name: `${args.name}-${args.environment}`,
      namespace: "argocd",
      labels: { "gitops.platform/environment": args.environment, "gitops.platform/application": args.name },
    },
    spec: {
      project: "dev",
      source: { repoURL: repositoryUrl(platform.layout), targetRevision: args.branch, path: "app" },
      destination: { server: "https://kubernetes.default.svc", namespace: args.namespace ?? "dev" },
      ...(args.automated ? { syncPolicy: { automated: { prune: true, selfHeal: true } } } : {}),
    },
  };
}

/** A Kustomize folder `app` with one Deployment. */
export async function writeApp(platform: TestPlatform, tag: string): Promise<void> {
  await platform.write("app/kustomization.yaml", "resources: [deployment.yaml]\n");
  const labels = { app: "web" };
  const container = { name: "web", image: `ghcr.io/stefanprodan/podinfo:${tag}` };
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
  await platform.write("app/deployment.yaml", JSON.stringify(deployment));
}

/** The one namespace of the tests. */
export const devNamespace: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "dev" } };

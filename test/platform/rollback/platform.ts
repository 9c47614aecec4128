import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { execa } from "execa";

import { argocdSettings } from "../../../infra/controllers/argocd/settings.ts";
import { startArgocd, stopArgocd, waitForApplications } from "../../../local/argocd/index.ts";
import type { ApplicationSummary } from "../../../local/argocd/index.ts";
import { startControlPlane, stopControlPlane } from "../../../local/control-plane/index.ts";
import { publish, repositoryUrl } from "../../../local/git/index.ts";
import { applyObjects } from "../../../local/kubernetes/apply.ts";
import type { KubernetesObject } from "../../../local/kubernetes/rest-client.ts";
import { restClient } from "../../../local/kubernetes/rest-client.ts";
import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { readJournal, startReceiver, stopReceiver } from "../../../local/receiver/index.ts";
import type { JournalEntry } from "../../../local/receiver/index.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";

/** Control plane, Argo CD with its notifications, the Git host and the receiver, in a temporary folder. */
export interface RollbackPlatform {
  readonly layout: Layout;
  /** Commits files and pushes them to develop, without waiting; returns the commit. */
  readonly push: (message: string, files: Readonly<Record<string, string>>) => Promise<string>;
  /** Git in the bare repository. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  readonly until: (name: string, holds: (one: ApplicationSummary) => boolean) => Promise<ApplicationSummary>;
  readonly journal: () => Promise<readonly JournalEntry[]>;
  readonly destroy: () => Promise<void>;
}

const tools = ["etcd", "kubernetes", "kwok", "redis", "kustomize", "helm", "argocd"] as const;

/** The applications, each with what follows its failure. */
const applications = {
  web: { "gitops.platform/on-failure": "rollback" },
  risk: { "gitops.platform/on-failure": "degrade", "gitops.platform/degrade-flag": "degraded-mode" },
} as const;

export async function rollbackPlatform(start: Readonly<Record<string, string>>): Promise<RollbackPlatform> {
  const directory = await mkdtemp(join(tmpdir(), "gitops-"));
  const [platform, checkout] = [layout(join(directory, "local")), join(directory, "checkout")];
  const built = await ensureTools({ names: tools, logDirectory: join(directory, "build"), onEvent: () => undefined });
  const git = async (...args: readonly string[]): Promise<string> =>
    (await execa("git", args, { cwd: checkout, env: { GITOPS_PUSH_WAIT: "0" } })).stdout;
  const commit = async (message: string, files: Readonly<Record<string, string>>): Promise<string> => {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(checkout, path)), { recursive: true });
      await writeFile(join(checkout, path), content);
    }
    await git("add", "--all");
    await git("commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD");
  };
  await mkdir(checkout);
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "A Person");
  await git("config", "user.email", "person@example.com");
  await commit("Start", start);
  await publish(platform, checkout);

  const controlPlane = await startControlPlane(platform, built);
  const roles = { viewer: ["gitops-viewer"], deployer: ["gitops-deployer"], admin: ["gitops-admin"] };
  await startArgocd(platform, built, controlPlane, { settings: argocdSettings({ projects: ["dev"], roles }) });
  const limits = { settle: 3, minimumInterval: 1 };
  await startReceiver(platform, controlPlane, { limits });
  const client = restClient(controlPlane.kubeconfig);
  await applyObjects(client, [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "dev" } }, project(platform)], {
    fieldManager: "test",
  });
  const objects = Object.entries(applications).map(([name, annotations]) => application(platform, name, annotations));
  await applyObjects(client, objects, { fieldManager: "test" });

  return {
    layout: platform,
    push: async (message, files) => {
      await git("pull", "--quiet", "--ff-only", "local", "develop");
      const id = await commit(message, files);
      await git("push", "--quiet", "local", "HEAD:develop");
      return id;
    },
    git: async (...args) => (await execa("git", args, { cwd: platform.gitRepository })).stdout,
    until: async (name, holds) => {
      const one = (all: readonly ApplicationSummary[]) => all.find((each) => each.name === name);
      const all = await waitForApplications(
        controlPlane.kubeconfig,
        (list) => {
          const found = one(list);
          return found !== undefined && holds(found);
        },
        { timeoutSeconds: 240 },
      );
      return one(all) as ApplicationSummary;
    },
    journal: () => readJournal(platform),
    destroy: async () => {
      client.close();
      await stopReceiver(platform);
      await stopArgocd(platform);
      await stopControlPlane(platform);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function project(platform: Layout): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "dev", namespace: "argocd" },
    spec: {
      sourceRepos: [repositoryUrl(platform)],
      destinations: [{ server: "https://kubernetes.default.svc", namespace: "dev" }],
      namespaceResourceWhitelist: [
        { group: "apps", kind: "Deployment" },
        { group: "", kind: "ConfigMap" },
      ],
    },
  };
}

function application(platform: Layout, name: string, annotations: Readonly<Record<string, string>>): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name: `${name}-dev`,
      namespace: "argocd",
      labels: { "gitops.platform/environment": "dev", "gitops.platform/application": name },
      annotations,
    },
    spec: {
      project: "dev",
      source: { repoURL: repositoryUrl(platform), targetRevision: "develop", path: `apps/${name}/overlays/dev` },
      destination: { server: "https://kubernetes.default.svc", namespace: "dev" },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  };
}

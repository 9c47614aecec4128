import { describe, expect, test } from "@jest/globals";

import { allowedKinds } from "../../../infra/delivery/kinds.ts";
import { previewProblems } from "../../../infra/delivery/preview-applications.ts";
import {
  guardKinds,
  guardProjectSpec,
  previewKinds,
  previewProjectSpec,
} from "../../../infra/delivery/preview-projects.ts";
import { guardSetSpec, previewSetSpec } from "../../../infra/delivery/preview-sets.ts";
import { environments } from "../../../infra/environments.ts";
import { parsed } from "../config/happy-path.ts";

import { repository } from "./environments.ts";

const application = (name: string) => ({
  name: `${name}-dev`,
  application: name,
  path: `apps/${name}/overlays/dev`,
  sync: { kind: "continuous" } as const,
  onFailure: { kind: "rollback" } as const,
  flags: false,
});
const base = { branch: environments.dev.branch, applications: [application("app"), application("web")] };
const credentials = { kind: "app", secret: "previews" };
const args = (fields: Readonly<Record<string, unknown>> = {}, from = repository) => ({
  config: parsed({ repository: from, previews: { source: "pullRequests", credentials, ...fields } }).previews,
  base,
  repository: from,
});

describe("who is previewed", () => {
  const gitHub = (...given: Parameters<typeof args>) => guardSetSpec(args(...given)).generators[0]?.pullRequest;

  test("are pull requests with the label, to the branch of dev", () => {
    expect(gitHub()).toEqual({
      github: { owner: "example", repo: "gitops-platform", appSecretName: "previews", labels: ["preview"] },
      filters: [{ targetBranchMatch: "^develop$" }],
      requeueAfterSeconds: 60,
    });
  });

  test("may be read with a token, and from an Enterprise Server", () => {
    const token = { kind: "token", secret: "reader" };
    expect(gitHub({ credentials: token, label: "try" }, "https://git.example.com/team/x.git")?.github).toEqual({
      owner: "team",
      repo: "x",
      api: "https://git.example.com/api/v3/",
      tokenRef: { secretName: "reader", key: "token" },
      labels: ["try"],
    });
  });

  test("are the same for both sets, each application once", () => {
    const { generators } = previewSetSpec(args());
    const [pullRequests, list] = generators[0]?.matrix?.generators ?? [];
    expect([pullRequests]).toEqual(guardSetSpec(args()).generators);
    expect(list?.list?.elements).toEqual([
      { application: "app", overlay: "apps/app/overlays/dev" },
      { application: "web", overlay: "apps/web/overlays/dev" },
    ]);
    const some = previewSetSpec(args({ applications: ["web"] })).generators[0]?.matrix?.generators[1];
    expect(some?.list?.elements).toEqual([{ application: "web", overlay: "apps/web/overlays/dev" }]);
  });
});

describe("what a preview is made of", () => {
  const workload = previewSetSpec(args()).template;
  const guard = guardSetSpec(args()).template;

  test("is the pull request's at a commit, and what holds it the branch of dev's", () => {
    expect(workload.spec.source).toMatchObject({ repoURL: repository, targetRevision: "{{ .head_sha }}" });
    expect(guard.spec.source).toMatchObject({
      repoURL: repository,
      targetRevision: "develop",
      path: "apps/components/preview-guard",
    });
    expect([workload.spec.project, guard.spec.project]).toEqual(["previews", "preview-guards"]);
  });

  test("has the quota of the stack, without what costs or opens a way in", () => {
    const own = { requestsCpu: "2", requestsMemory: "3Gi", limitsCpu: "4", limitsMemory: "5Gi", pods: 6 };
    const [patch] = guardSetSpec(args({ quota: own })).template.spec.source?.kustomize?.patches ?? [];
    expect(patch?.target).toEqual({ kind: "ResourceQuota" });
    const [operation] = JSON.parse(patch?.patch ?? "[]") as readonly {
      readonly path: string;
      readonly value: unknown;
    }[];
    expect(operation).toEqual({
      op: "replace",
      path: "/spec/hard",
      value: {
        "requests.cpu": "2",
        "requests.memory": "3Gi",
        "limits.cpu": "4",
        "limits.memory": "5Gi",
        "pods": "6",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
        "persistentvolumeclaims": "0",
      },
    });
  });

  test.each([
    ["the pull request", workload],
    ["what holds it", guard],
  ])("goes with it: %s", (_name, { metadata, spec }) => {
    expect(metadata.finalizers).toEqual(["resources-finalizer.argocd.argoproj.io"]);
    expect(spec.syncPolicy?.automated).toEqual({ prune: true, selfHeal: true });
    // A retry holds the deletion up: the times between the tries, in seconds.
    const { limit = 0, backoff } = spec.syncPolicy?.retry ?? {};
    const [first, longest] = [Number.parseInt(backoff?.duration ?? ""), Number.parseInt(backoff?.maxDuration ?? "")];
    const waits = Array.from({ length: limit }, (_, index) => Math.min(first * 2 ** (index + 1), longest));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(63);
  });

  test("bears no label of an environment, so that no command takes it for one", () => {
    for (const { metadata } of [workload, guard]) {
      expect(Object.keys(metadata.labels ?? {})).not.toContain("gitops.platform/environment");
    }
  });
});

describe("the projects of previews", () => {
  const kinds = (list: readonly { readonly group: string; readonly kind: string }[]) =>
    list.map(({ group, kind }) => `${group}/${kind}`);

  test("let a pull request bring less than an application, and nothing of what holds it", () => {
    expect(kinds(allowedKinds)).toEqual(expect.arrayContaining(kinds(previewKinds)));
    expect(kinds(previewKinds).filter((kind) => kinds(guardKinds).includes(kind))).toEqual([]);
    const { clusterResourceWhitelist, namespaceResourceWhitelist = [] } = previewProjectSpec(repository);
    expect(clusterResourceWhitelist).toEqual([]);
    for (const kind of [
      "Secret",
      "NetworkPolicy",
      "ResourceQuota",
      "LimitRange",
      "Ingress",
      "Canary",
      "ScaledObject",
    ]) {
      expect(namespaceResourceWhitelist.map((one) => one.kind)).not.toContain(kind);
    }
  });

  test("let the platform make namespaces of previews alone", () => {
    expect(guardProjectSpec(repository)).toMatchObject({
      sourceRepos: [repository],
      destinations: [{ namespace: "preview-*" }],
      clusterResourceWhitelist: [{ group: "", kind: "Namespace", name: "preview-*" }],
    });
  });
});

test("applications that dev does not have are refused", () => {
  const deployment = { ...application("app"), environment: "dev" as const, sync: undefined };
  expect(previewProblems(args({ applications: ["app", "shop"] }).config, [deployment])).toEqual([
    {
      path: "previews.applications[1]",
      message: '"shop" is no application of dev; allowed: app; remove it, or leave all out',
    },
  ]);
});

import { beforeAll, describe, expect, test } from "@jest/globals";

import { charts } from "../../../infra/versions.ts";

import { objectOf, recordingTimeout, recordStacks, stackNames } from "./stack.ts";
import type { RecordedStack, StackName } from "./stack.ts";

/** Charts of what these stacks have not chosen: another engine, another CI. Their own tests install them. */
const unchosen: readonly string[] = ["flux2", "jx-git-operator", "tekton-operator"];

let stacks: Record<StackName, RecordedStack>;

beforeAll(async () => {
  stacks = await recordStacks();
}, recordingTimeout);

/** Every text in a value, at any depth, with its path. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => texts(item, `${path}.${key}`));
}

const served: Readonly<Record<StackName, readonly string[]>> = {
  dev: ["dev"],
  staging: ["staging"],
  prod: ["prod"],
  local: ["dev", "staging", "prod"],
};

/** Branch, whether it is automated, and the applications that have sync windows. */
const environments: Readonly<Record<string, readonly [branch: string, automated: boolean]>> = {
  dev: ["develop", true],
  staging: ["release", false],
  prod: ["main", true],
};

const withPreviews: readonly StackName[] = ["dev", "local"];

const applications = ["app", "core-trading", "reporting", "risk-control"];

describe.each(stackNames)("the stack %s", (name) => {
  const kubernetes = () => stacks[name].all("kubernetes:");

  test("has one Application for each application and environment: branch, path, project, namespace, automation", () => {
    const declared = stacks[name].all("kubernetes:argoproj.io/v1alpha1:Application").map((resource) => {
      const { metadata, spec } = objectOf(resource);
      const { project, source, destination, syncPolicy } = spec as Record<string, Record<string, unknown>>;
      return [
        metadata.name,
        project,
        source?.["targetRevision"],
        source?.["path"],
        destination?.["namespace"],
        syncPolicy?.["automated"],
      ];
    });
    const expected = served[name].flatMap((environment) =>
      applications.map((application) => {
        const [branch, automated] = environments[environment]!;
        const path = `apps/${application}/overlays/${environment}`;
        const automation = automated ? { prune: true, selfHeal: true } : undefined;
        return [`${application}-${environment}`, environment, branch, path, environment, automation];
      }),
    );
    expect(declared.sort()).toEqual(expected.sort());
  });

  test("has sync windows for trading and reports in its own prod stack, and nowhere else", () => {
    const windows = stacks[name]
      .all("kubernetes:argoproj.io/v1alpha1:AppProject")
      .flatMap(
        (resource) =>
          (objectOf(resource).spec?.["syncWindows"] ?? []) as {
            kind: string;
            applications: string[];
            timeZone: string;
          }[],
      )
      .filter(({ kind }) => kind === "allow");
    expect(windows.map((window) => [window.applications, window.timeZone])).toEqual(
      name === "prod"
        ? [
            [["core-trading-prod"], "America/New_York"],
            [["reporting-prod"], "America/New_York"],
          ]
        : [],
    );
  });

  test("has no star in an AppProject but in a schedule and for previews, and takes all rights from `default`", () => {
    const projects = stacks[name].resources.filter(({ type }) => /:AppProject(Patch)?$/.test(type));
    const previews = withPreviews.includes(name) ? ["preview-guards", "previews"] : [];
    expect(projects.map((project) => objectOf(project).metadata.name).sort()).toEqual(
      [...served[name], ...previews, "default"].sort(),
    );
    for (const project of projects) {
      const stars = texts(project.inputs).filter(([path, text]) => text.includes("*") && !path.endsWith(".schedule"));
      const forPreviews = previews.includes(objectOf(project).metadata.name ?? "");
      expect(stars.filter(([, text]) => !forPreviews || text !== "preview-*")).toEqual([]);
      if (objectOf(project).metadata.name !== "default") continue;
      expect(objectOf(project).spec).toMatchObject({ sourceRepos: [], destinations: [] });
    }
  });

  test("gives every object in the cluster a name and this cluster's provider", () => {
    const [provider] = stacks[name].all("pulumi:providers:kubernetes");
    expect(stacks[name].all("pulumi:providers:kubernetes")).toHaveLength(1);
    for (const resource of kubernetes()) {
      expect([resource.urn, resource.provider?.split("::").slice(0, -1).join("::")]).toEqual([
        resource.urn,
        provider?.urn,
      ]);
      const named =
        resource.type === "kubernetes:helm.sh/v3:Release" ? resource.inputs["name"] : objectOf(resource).metadata.name;
      expect([resource.urn, named]).toEqual([resource.urn, expect.stringMatching(/^[a-z0-9]/)]);
    }
    // A remote component makes its objects with the providers that it is handed, or with the ambient kubeconfig.
    for (const resource of stacks[name].resources.filter(({ type }) => type.startsWith("kubernetes-"))) {
      expect(resource.providers["kubernetes"]?.startsWith(`${provider?.urn}::`)).toBe(true);
    }
  });

  test("installs each chart in exactly the version that infra/versions.ts names", () => {
    const releases = [
      ...stacks[name].all("kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs),
      ...stacks[name].all("kubernetes-cert-manager:index:CertManager").map(({ inputs }) => inputs["helmOptions"]),
    ] as { chart: string; version: string; repositoryOpts: { repo: string } }[];
    const installed = releases.map(({ chart, version, repositoryOpts }) => ({
      chart,
      version,
      repository: repositoryOpts.repo,
    }));
    const byName = (one: { chart: string }, other: { chart: string }) => (one.chart < other.chart ? -1 : 1);
    const wanted = Object.values(charts).filter(({ chart }) => !unchosen.includes(chart));
    expect(installed.sort(byName)).toEqual(name === "local" ? [] : wanted.sort(byName));
    for (const { version } of installed) expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
  });

  test("declares no Secret, and no text that looks like one", () => {
    expect(stacks[name].all("kubernetes:core/v1:Secret")).toEqual([]);
    const suspicious = stacks[name].resources.flatMap(({ urn, inputs, secretInputs }) =>
      texts(inputs)
        .filter(([, text]) =>
          /-----BEGIN|AKIA[0-9A-Z]{16}|client-key-data|gh[pousr]_[A-Za-z0-9]{20}|\$2[aby]\$\d\d\$/.test(text),
        )
        .filter(([path]) => !secretInputs.includes(path.slice(1)))
        .map(([path]) => `${urn} ${path}`),
    );
    expect(suspicious).toEqual([]);
  });

  test("keeps the provider's kubeconfig secret", () => {
    expect(stacks[name].all("pulumi:providers:kubernetes")[0]?.secretInputs).toContain("kubeconfig");
  });

  test("puts out what people use; only the kubeconfig is secret", () => {
    const { outputs, secretOutputs, unknownOutputs } = stacks[name].recording;
    expect(outputs).toEqual({
      clusterName: `gitops-${name}`,
      kubeconfig: name === "local" ? ".local/kubeconfig" : "{}",
      argocdUrl: "https://localhost:8443",
      argocdLogin:
        "kubectl --namespace argocd port-forward service/argocd-server 8443:443, then: argocd login localhost:8443",
      applications: Object.fromEntries(
        served[name].map((environment) => [environment, applications.map((one) => `${one}-${environment}`)]),
      ),
    });
    expect(secretOutputs).toEqual(["kubeconfig"]);
    expect(unknownOutputs).toEqual([]);
  });

  test("gives each environment its namespace, quota, limits, default-deny and rights, once", () => {
    const kinds = ["core/v1:ResourceQuota", "core/v1:LimitRange", "networking.k8s.io/v1:NetworkPolicy"];
    for (const kind of kinds) {
      const objects = stacks[name].all(`kubernetes:${kind}`).map((resource) => objectOf(resource).metadata);
      // flagd and the load tester have policies of their own.
      const found = objects.filter(({ name: own }) => !/^flag/.test(own ?? "")).map(({ namespace }) => namespace);
      expect([kind, found.sort()]).toEqual([kind, [...served[name]].sort()]);
    }
    const deployers = stacks[name]
      .all("kubernetes:rbac.authorization.k8s.io/v1:Role")
      .filter((resource) => objectOf(resource).metadata.name === "gitops-deployer");
    expect(deployers.map((resource) => objectOf(resource).metadata.namespace).sort()).toEqual([...served[name]].sort());
    for (const { inputs } of deployers) {
      expect(inputs["rules"]).toEqual([
        { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list", "watch", "update"] },
      ]);
    }
  });
});

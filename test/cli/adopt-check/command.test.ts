import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { root } from "../../support/kustomize.ts";
import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";

const folder = temporaryFolder();
const argocd = "/apis/argoproj.io/v1alpha1";
let server: KubernetesServer;

const kinds = (...resources: readonly (readonly [name: string, kind: string, namespaced?: boolean])[]) => ({
  resources: resources.map(([name, kind, namespaced = true]) => ({ name, kind, namespaced })),
});
const one = (name: string, namespace: string, spec: object = {}) => ({ metadata: { name, namespace }, spec });

/** A cluster with Argo CD, Flagger and KEDA of somebody else, in which nobody uses the project `default`. */
function calm(): void {
  server.answers.clear();
  server.refusals.clear();
  const answers: Readonly<Record<string, object>> = {
    "/api/v1": kinds(
      ["namespaces", "Namespace", false],
      ["resourcequotas", "ResourceQuota"],
      ["limitranges", "LimitRange"],
      ["serviceaccounts", "ServiceAccount"],
    ),
    "/apis/networking.k8s.io/v1": kinds(["networkpolicies", "NetworkPolicy"]),
    "/apis/rbac.authorization.k8s.io/v1": kinds(["roles", "Role"], ["rolebindings", "RoleBinding"]),
    "/apis/admissionregistration.k8s.io/v1": kinds(
      ["validatingadmissionpolicies", "ValidatingAdmissionPolicy", false],
      ["validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", false],
    ),
    "/apis/flagger.app/v1beta1": kinds(["alertproviders", "AlertProvider"]),
    [argocd]: kinds(
      ["applications", "Application"],
      ["appprojects", "AppProject"],
      ["applicationsets", "ApplicationSet"],
    ),
    [`${argocd}/appprojects`]: { items: [one("default", "argocd")] },
    [`${argocd}/applications`]: { items: [one("shop", "argocd", { project: "shop" })] },
    [`${argocd}/applicationsets`]: { items: [] },
  };
  for (const [path, answer] of Object.entries(answers)) server.answers.set(path, answer);
}

const run = (stack: string, ...args: readonly string[]) =>
  gitops(folder, ["adopt-check", "--stack", stack, "--directory", root, "--local", server.directory, ...args]);

interface Document {
  readonly stack: string;
  readonly findings: readonly { readonly level: string; readonly where: string; readonly what: string }[];
}
async function blocking(stack: string, exitCode: number): Promise<readonly string[]> {
  const ran = await run(stack, "--json");
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode, stderr: "" });
  const { findings } = JSON.parse(ran.stdout) as Document;
  return findings.flatMap(({ level, where, what }) => (level === "blocking" ? [`${where} ${what}`] : []));
}

beforeAll(async () => {
  server = await startKubernetes();
});
afterAll(() => server.close());

describe("a stack with preinstalled controllers", () => {
  test("may be deployed where nothing is in the way, and the check only reads", async () => {
    calm();
    expect(await blocking("local", 0)).toEqual([]);
    expect(server.requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
    // The rest of what it declares was asked for by name.
    expect(server.requests).toContain(`GET ${argocd}/namespaces/argocd/appprojects/prod`);
  });

  test("takes the rights of Applications and ApplicationSets that name no project, or `default`", async () => {
    calm();
    server.answers.set(`${argocd}/applications`, {
      items: [one("old", "argocd"), one("shop", "argocd", { project: "shop" })],
    });
    server.answers.set(`${argocd}/applicationsets`, {
      items: [one("each", "argocd", { template: { spec: { project: "default" } } })],
    });
    const found = await blocking("local", 1);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^Application argocd\/old is in the AppProject `default`/);
    expect(found[1]).toMatch(/^ApplicationSet argocd\/each /);
    const { stdout } = await run("local");
    expect(stdout).toContain("mend: make an AppProject with the rights that it needs");
  });

  test("takes nothing over that is somebody else's, and knows its own again", async () => {
    calm();
    const managed = (manager: string) => ({ metadata: { name: "prod", managedFields: [{ manager }] } });
    server.answers.set("/api/v1/namespaces/prod", managed("helm"));
    server.answers.set(`${argocd}/namespaces/argocd/appprojects/prod`, managed("pulumi-kubernetes-1a2b3c4d"));
    expect(await blocking("local", 1)).toEqual([
      expect.stringMatching(/^Namespace prod exists and is somebody else's/),
    ]);
  });

  test("needs Argo CD where it puts its Applications, and every kind that it uses", async () => {
    calm();
    server.answers.set(`${argocd}/appprojects`, { items: [one("default", "tools")] });
    server.answers.delete("/apis/flagger.app/v1beta1");
    expect(await blocking("local", 1)).toEqual([
      expect.stringContaining("Argo CD in namespace tools is not in argocd"),
      expect.stringContaining("AlertProvider (flagger.app/v1beta1) is not served"),
    ]);
  });
});

test("a stack that installs controllers is told of those that are there", async () => {
  calm();
  server.answers.set("/apis/argoproj.io", {});
  server.answers.set("/apis/keda.sh", {});
  const found = await blocking("dev", 1);
  expect(found.map((text) => text.split(" is served")[0])).toEqual(["chart keda keda.sh", "chart argo-cd argoproj.io"]);
});

test("ends with 2 for an unknown stack and a cluster that refuses", async () => {
  calm();
  expect(await run("qa")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("stacks here: dev") });
  server.refusals.set(`${argocd}/applications`, 403);
  expect(await run("local")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("refused") });
});

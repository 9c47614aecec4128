import { beforeAll, describe, expect, test } from "@jest/globals";

import { apiAddress } from "../../../../infra/cluster/api-address.ts";
import { applierRules } from "../../../../infra/delivery/applier-rules.ts";
import { secret } from "../../../../rehearsal/index.ts";
import { objectOf, recordingTimeout } from "../../stacks/stack.ts";
import type { RecordedStack } from "../../stacks/stack.ts";

import { hubAccess, recordSpoke } from "./recorded.ts";

let spoke: RecordedStack;

beforeAll(async () => {
  spoke = await recordSpoke();
}, recordingTimeout);

const ofHub = (stack: RecordedStack) => stack.resources.filter(({ urn }) => urn.includes("SpokeAccess"));

describe("a spoke", () => {
  test("has no Argo CD, no AppProject and no Application", () => {
    expect(spoke.resources.filter(({ type }) => /argoproj|Argocd/.test(type))).toEqual([]);
    const charts = spoke.all("kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs["chart"]);
    expect(charts).toContain("flagger");
    expect(charts).not.toContain("argo-cd");
  });

  test("keeps what holds its environment", () => {
    expect(spoke.counts()).toMatchObject({
      "kubernetes:core/v1:ResourceQuota": 1,
      "kubernetes:flagger.app/v1beta1:AlertProvider": 1,
      "gitops:controllers:Keda": 1,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": 10,
      "kubernetes:apps/v1:Deployment": 1,
    });
  });

  test("has an identity for the hub, with the kinds of applications in the environment's namespace and nothing else", () => {
    expect(
      ofHub(spoke)
        .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`)
        .sort(),
    ).toEqual([
      "Namespace gitops-hub-namespace",
      "NetworkPolicy gitops-hub-default-deny",
      "Role prod-gitops-hub",
      "RoleBinding prod-gitops-hub",
      "Secret gitops-hub-token",
      "ServiceAccount gitops-hub",
      "SpokeAccess gitops-hub",
    ]);
    const role = ofHub(spoke).find(({ type }) => type.endsWith(":Role"))!;
    expect([objectOf(role).metadata.namespace, role.inputs["rules"]]).toEqual(["prod", applierRules()]);
    expect(applierRules().flatMap(({ resources }) => resources)).not.toContain("secrets");
    expect(spoke.resources.filter(({ type }) => /ClusterRole/.test(type))).toEqual([]);
  });

  test("puts out how the hub gets in, as a secret, and no address of an Argo CD", () => {
    const { outputs, secretOutputs } = spoke.recording;
    expect(outputs).toEqual({
      clusterName: "gitops-prod",
      kubeconfig: expect.any(String),
      hubAccess,
      applications: {},
    });
    expect(secretOutputs).toEqual(["hubAccess", "kubeconfig"]);
  });

  test(
    "on EKS may have a role and an access entry instead, without any policy of EKS, and then has no token",
    async () => {
      const hubRoles = ["arn:aws:iam::111122223333:role/gitops-hub-argocd"];
      const stack = await recordSpoke({ argocd: { managedBy: "hub", hubRoles } });
      const entry = stack.all("aws:eks/accessEntry:AccessEntry")[0]!;
      expect(entry.inputs).toMatchObject({
        clusterName: "gitops-prod",
        principalArn: "arn:gitops-prod-hub",
        kubernetesGroups: ["gitops-hub"],
      });
      expect(stack.all("aws:eks/accessPolicyAssociation:AccessPolicyAssociation")).toEqual([]);
      const role = stack.all("aws:iam/role:Role").find(({ name }) => name === "gitops-prod-hub")!;
      expect(JSON.parse(String(role.inputs["assumeRolePolicy"]))).toMatchObject({
        Statement: [{ Effect: "Allow", Principal: { AWS: hubRoles } }],
      });
      const binding = ofHub(stack).find(({ type }) => type.endsWith("RoleBinding"))!;
      expect(binding.inputs["subjects"]).toEqual([
        { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "gitops-hub" },
      ]);
      expect(stack.all("kubernetes:core/v1:Secret")).toEqual([]);
      expect(stack.recording.outputs["hubAccess"]).toMatchObject({
        credentials: { kind: "eks", clusterName: "gitops-prod", roleArn: "arn:gitops-prod-hub" },
      });
    },
    recordingTimeout,
  );

  test("refuses a secret of an Argo CD that is not there", async () => {
    await expect(recordSpoke({ argocdWebhookSecret: secret("hook") })).rejects.toThrow(
      'argocdWebhookSecret: has no effect with argocd.managedBy "hub"; allowed: in the stack of the hub',
    );
  });
});

describe("the address of a cluster", () => {
  const kubeconfig = JSON.stringify({
    "clusters": [
      { name: "one", cluster: { server: "https://one" } },
      { name: "two", cluster: { server: "https://two" } },
    ],
    "contexts": [
      { name: "first", context: { cluster: "one" } },
      { name: "second", context: { cluster: "two" } },
    ],
    "current-context": "first",
  });

  test.each([
    [kubeconfig, undefined, "https://one"],
    [kubeconfig, "second", "https://two"],
    [kubeconfig, "third", undefined],
    ["/nowhere/kubeconfig", undefined, undefined],
    ["{}", undefined, undefined],
  ])("is that of the context (%#)", (text, context, server) => {
    expect(apiAddress(text, context)?.server).toBe(server);
  });
});

import { beforeAll, describe, expect, test } from "@jest/globals";

import { objectOf, recordingTimeout, recordStack } from "./stack.ts";
import type { RecordedStack } from "./stack.ts";

let local: RecordedStack;

beforeAll(async () => {
  local = await recordStack("local");
}, recordingTimeout);

describe("the stack local", () => {
  test("declares the platform's own objects for three environments, and nothing else", () => {
    expect(local.counts()).toEqual({
      "pulumi:providers:kubernetes": 1,
      "gitops:delivery:Environment": 3,
      "kubernetes:core/v1:Namespace": 3,
      "kubernetes:core/v1:ResourceQuota": 3,
      "kubernetes:core/v1:LimitRange": 3,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy": 3,
      "kubernetes:rbac.authorization.k8s.io/v1:Role": 6,
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": 9,
      "kubernetes:argoproj.io/v1alpha1:AppProject": 5,
      "kubernetes:flagger.app/v1beta1:AlertProvider": 3,
      "kubernetes:argoproj.io/v1alpha1:AppProjectPatch": 1,
      "kubernetes:argoproj.io/v1alpha1:Application": 12,
      "gitops:delivery:Previews": 1,
      "kubernetes:argoproj.io/v1alpha1:ApplicationSet": 2,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": 11,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": 11,
      "gitops:compliance:Compliance": 1,
      "kubernetes:core/v1:ServiceAccountPatch": 3,
    });
  });

  test("makes nothing in a cloud, no cluster, and no controller", () => {
    const foreign = local.resources.filter(({ type }) =>
      /^(aws|eks|kubernetes-cert-manager):|helm\.sh|gitops:(cluster|controllers):/.test(type),
    );
    expect(foreign).toEqual([]);
    expect(local.resources.filter(({ type }) => type.startsWith("pulumi:providers:")).map(({ type }) => type)).toEqual([
      "pulumi:providers:kubernetes",
    ]);
  });

  test("goes to the context that its file names, and to no other", () => {
    expect(local.all("pulumi:providers:kubernetes")[0]?.inputs).toMatchObject({
      kubeconfig: ".local/kubeconfig",
      context: "gitops-local",
    });
  });

  test("follows one repository, on this machine", () => {
    const repositories = local.all("kubernetes:argoproj.io/v1alpha1:Application").map((resource) => {
      return (objectOf(resource).spec as { source: { repoURL: string } }).source.repoURL;
    });
    expect(new Set(repositories)).toEqual(new Set(["file:///written/by/npm/start/platform.git"]));
  });

  test("protects nothing", () => {
    expect(local.resources.filter(({ protect }) => protect)).toEqual([]);
  });
});

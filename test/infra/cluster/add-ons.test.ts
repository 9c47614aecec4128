import { describe, expect, test } from "@jest/globals";

import { kubernetesVersions, kubernetesReleases } from "../../../infra/cluster/versions.ts";

import { eks, planOf, recordCluster, tags } from "./recorded.ts";

const addOn = "aws:eks/addon:Addon";
const association = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

describe("add-ons", () => {
  test.each(kubernetesVersions)("for Kubernetes %s have one exact version each", async (kubernetesVersion) => {
    const plan = await planOf({ ...eks, kubernetesVersion });
    const versions = kubernetesReleases[kubernetesVersion].addOns;
    const made: unknown = Object.fromEntries(
      plan.all(addOn).map(({ inputs }) => [inputs["addonName"], inputs["addonVersion"]]),
    );
    expect(made).toEqual({
      "coredns": versions.coredns,
      "aws-ebs-csi-driver": versions["aws-ebs-csi-driver"],
      "eks-pod-identity-agent": versions["eks-pod-identity-agent"],
    });
    for (const version of Object.values(versions)) expect(version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
  });

  test("that are Deployments wait for nodes; what nodes need is there before them", async () => {
    const plan = await planOf(eks);
    const nodes = plan.one("aws:eks/nodeGroup:NodeGroup");
    const cluster = plan.one("eks:index:Cluster");
    for (const name of ["gitops-dev-coredns", "gitops-dev-ebs-csi"]) {
      expect(plan.isBefore(nodes, plan.one(addOn, name))).toBe(true);
    }
    const agent = plan.one(addOn, "gitops-dev-pod-identity-agent");
    for (const first of [agent, ...plan.all(association)]) {
      expect(plan.isBefore(cluster, first)).toBe(true);
      expect(plan.isBefore(first, nodes)).toBe(true);
    }
  });

  test("leave their pods when they go, so that volumes are deleted while a stack is torn down", async () => {
    const preserved = (await planOf(eks)).all(addOn).map(({ inputs }) => inputs["preserve"]);
    expect(preserved).toEqual([true, true, true]);
  });

  test("tag the volumes that they make", async () => {
    const { inputs } = (await planOf(eks)).one(addOn, "gitops-dev-ebs-csi");
    expect(JSON.parse(String(inputs["configurationValues"]))).toEqual({ controller: { extraVolumeTags: tags } });
  });

  test("keep volumes encrypted unless a claim asks for another class", async () => {
    const { inputs } = (await planOf(eks)).one("kubernetes:storage.k8s.io/v1:StorageClass");
    expect(inputs).toMatchObject({
      metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      parameters: { type: "gp3", encrypted: "true" },
      reclaimPolicy: "Delete",
    });
  });
});

describe("pod identities", () => {
  test("give the CNI and the volume driver their one policy each", async () => {
    const plan = await planOf(eks);
    const accounts = plan
      .all(association)
      .map(({ inputs }) => `${String(inputs["namespace"])}/${String(inputs["serviceAccount"])}`);
    expect(accounts).toEqual(["kube-system/aws-node", "kube-system/ebs-csi-controller-sa"]);
    const policyOf = (name: string) =>
      plan.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name).inputs["policyArn"];
    expect(policyOf("gitops-dev-vpc-cni-AmazonEKS_CNI_Policy")).toBe("arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
    expect(policyOf("gitops-dev-ebs-csi-AmazonEBSCSIDriverPolicy")).toBe(
      "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
    );
  });

  test("of a controller are for its service account in this cluster and no other", async () => {
    const plan = await recordCluster(eks, "dev", (cluster) => {
      cluster.createPodIdentity?.("cert-manager", {
        namespace: "cert-manager",
        serviceAccount: "cert-manager",
        policyArns: ["arn:aws:iam::111122223333:policy/dns01"],
      });
    });
    const role = plan.one("aws:iam/role:Role", "gitops-dev-cert-manager");
    expect(JSON.parse(String(role.inputs["assumeRolePolicy"]))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": "gitops-dev",
              "aws:RequestTag/kubernetes-namespace": "cert-manager",
              "aws:RequestTag/kubernetes-service-account": "cert-manager",
            },
          },
        },
      ],
    });
    const made = plan.one(association, "gitops-dev-cert-manager");
    expect(made.inputs).toMatchObject({
      clusterName: "gitops-dev",
      namespace: "cert-manager",
      serviceAccount: "cert-manager",
      tags,
    });
    expect(made.propertyDependencies["roleArn"]).toEqual([role.urn]);
  });
});

import type { Resource } from "@pulumi/pulumi/resource.js";

import { createAddOn } from "./add-on.ts";
import { managedPolicyArn } from "./partition.ts";
import type { PodIdentityRequest } from "./pod-identity.ts";
import type { Tags } from "./tags.ts";
import type { AddOnVersions } from "./versions.ts";

/**
 * Add-ons that call AWS, with the policies that the EKS user guide names for each ("Retrieve IAM information about an
 * Amazon EKS add-on"; "Amazon EBS CSI driver"). Their roles stand before the first node, so that no pod starts without.
 */
export function addOnIdentities(region: string): Readonly<Record<"vpc-cni" | "ebs-csi", PodIdentityRequest>> {
  return {
    "vpc-cni": {
      namespace: "kube-system",
      serviceAccount: "aws-node",
      policyArns: [managedPolicyArn(region, "AmazonEKS_CNI_Policy")],
    },
    "ebs-csi": {
      namespace: "kube-system",
      serviceAccount: "ebs-csi-controller-sa",
      policyArns: [managedPolicyArn(region, "service-role/AmazonEBSCSIDriverPolicy")],
    },
  };
}

export interface AddOnsArgs {
  readonly clusterName: string;
  readonly versions: AddOnVersions;
  /** The cluster, or the node groups. */
  readonly after: readonly Resource[];
  readonly parent: Resource;
  readonly tags: Tags;
}

/** The agent that hands out pod identities: a DaemonSet on the host's network, ready before any other pod. */
export function createPodIdentityAgent(name: string, args: AddOnsArgs): Resource {
  const { clusterName, versions, tags } = args;
  return createAddOn(
    `${name}-pod-identity-agent`,
    { clusterName, addOn: "eks-pod-identity-agent", version: versions["eks-pod-identity-agent"], tags },
    { parent: args.parent, dependsOn: [...args.after] },
  );
}

/** Add-ons that are Deployments: without nodes they would wait in vain and their creation would time out. */
export function createNodeAddOns(name: string, args: AddOnsArgs): Resource[] {
  const { clusterName, versions, tags } = args;
  const options = { parent: args.parent, dependsOn: [...args.after] };
  return [
    createAddOn(`${name}-coredns`, { clusterName, addOn: "coredns", version: versions.coredns, tags }, options),
    createAddOn(
      `${name}-ebs-csi`,
      {
        clusterName,
        addOn: "aws-ebs-csi-driver",
        version: versions["aws-ebs-csi-driver"],
        // Volumes are made by the driver, which knows nothing of the provider's default tags.
        values: { controller: { extraVolumeTags: tags } },
        tags,
      },
      options,
    ),
  ];
}

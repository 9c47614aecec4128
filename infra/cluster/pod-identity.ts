import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import type { Output } from "@pulumi/pulumi/output.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import { createServiceRole } from "./service-role.ts";
import type { Tags } from "./tags.ts";

/** A service account that calls AWS. */
export interface PodIdentityRequest {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Managed policies that its pods get, nothing beside them. */
  readonly policyArns: readonly string[];
}

export interface PodIdentityArgs extends PodIdentityRequest {
  readonly clusterName: string;
  /** The cluster, which must exist before an association. */
  readonly after: readonly Resource[];
  readonly tags: Tags;
}

/** An IAM role for one service account of one cluster; pods get short-lived credentials from the agent add-on. */
export class PodIdentity extends ComponentResource {
  readonly roleArn: Output<string>;
  /** Pods that start before this exists run without the role until they are restarted. */
  readonly association: Resource;

  constructor(name: string, args: PodIdentityArgs, options: ComponentResourceOptions) {
    super("gitops:cluster:PodIdentity", name, {}, options);
    const role = createServiceRole(
      name,
      {
        description: `${args.namespace}/${args.serviceAccount} in ${args.clusterName}`,
        // Service, actions and condition keys: EKS user guide, "Create IAM role with trust policy required by EKS Pod
        // Identity". With the conditions no other association in the account can use the role.
        service: "pods.eks.amazonaws.com",
        actions: ["sts:AssumeRole", "sts:TagSession"],
        condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-name": args.clusterName,
            "aws:RequestTag/kubernetes-namespace": args.namespace,
            "aws:RequestTag/kubernetes-service-account": args.serviceAccount,
          },
        },
        policyArns: args.policyArns,
        tags: args.tags,
      },
      { parent: this },
    );
    this.roleArn = role.arn;
    this.association = new PodIdentityAssociation(
      name,
      {
        clusterName: args.clusterName,
        namespace: args.namespace,
        serviceAccount: args.serviceAccount,
        roleArn: role.arn,
        tags: { ...args.tags },
      },
      { parent: this, dependsOn: [...args.after, ...role.parts] },
    );
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

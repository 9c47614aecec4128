import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { Role } from "@pulumi/aws/iam/role.js";
import type { Output } from "@pulumi/pulumi/output.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { Tags } from "./tags.ts";

export interface HubRoleArgs {
  readonly clusterName: string;
  /** Roles of the hub's Argo CD; they must be there, or IAM refuses to trust them. */
  readonly hubRoles: readonly string[];
  /** Kubernetes group that whoever takes the role is in. It has no policy of EKS. */
  readonly group: string;
  /** The cluster, which must exist before an entry. */
  readonly after: readonly Resource[];
  readonly tags: Tags;
}

/**
 * The role that an Argo CD of another cluster takes to sign its requests to this one, and the access entry that says which
 * group it is in (argo-cd v3.5.7, docs/operator-manual/declarative-setup.md, "EKS"). Argo CD's page gives it
 * AmazonEKSClusterAdminPolicy; here its rights are Roles in the environments' namespaces.
 */
export class HubRole extends ComponentResource {
  readonly roleArn: Output<string>;

  constructor(name: string, args: HubRoleArgs, options: ComponentResourceOptions) {
    super("gitops:cluster:HubRole", name, {}, options);
    const { clusterName, hubRoles, group, tags } = args;
    // Both actions: pods with an EKS pod identity hand their session tags on.
    const statement = {
      Effect: "Allow",
      Principal: { AWS: [...hubRoles] },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    };
    const role = new Role(
      name,
      {
        description: `Argo CD of another cluster, in ${clusterName}`,
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
        tags: { ...tags },
      },
      { parent: this },
    );
    const entry = new AccessEntry(
      name,
      { clusterName, principalArn: role.arn, type: "STANDARD", kubernetesGroups: [group], tags: { ...tags } },
      { parent: this, dependsOn: [...args.after] },
    );
    this.roleArn = entry.principalArn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { Tags } from "./tags.ts";

export interface NodeTemplateArgs {
  /** Name of the instances in the console. */
  readonly instanceName: string;
  /** Root volume in GiB. */
  readonly diskSizeGiB: number;
  readonly tags: Tags;
}

/**
 * What a managed node group cannot say itself: metadata, disk encryption, and tags on what it starts. It names no image,
 * network or security group, so EKS puts in its own (EKS user guide, "Customize managed nodes with launch templates").
 */
export function createNodeTemplate(
  name: string,
  args: NodeTemplateArgs,
  options: CustomResourceOptions,
): LaunchTemplate {
  const tags = { ...args.tags, Name: args.instanceName };
  return new LaunchTemplate(
    name,
    {
      // A token is required (IMDSv2), and its answer dies after one hop: pods cannot take the node's role.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: args.diskSizeGiB,
            encrypted: "true",
            deleteOnTermination: "true",
          },
        },
      ],
      updateDefaultVersion: true,
      // Instances are started by EC2, which knows nothing of the provider's default tags.
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      tags: { ...args.tags },
    },
    options,
  );
}

import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { Output } from "@pulumi/pulumi/output.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { Tags } from "./tags.ts";

export interface ServiceRoleArgs {
  readonly description: string;
  /** AWS service that takes the role, for example `ec2.amazonaws.com`. */
  readonly service: string;
  /** Default `sts:AssumeRole`. */
  readonly actions?: readonly string[];
  /** Condition of the trust policy. Default none. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly policyArns: readonly string[];
  readonly tags: Tags;
}

/** An IAM role and its policies. */
export interface ServiceRole {
  readonly arn: Output<string>;
  /** The role is usable when all of these exist, and must not lose one while it is used. */
  readonly parts: readonly Resource[];
}

/** An IAM role that one AWS service may take, with managed policies alone. */
export function createServiceRole(name: string, args: ServiceRoleArgs, options: CustomResourceOptions): ServiceRole {
  const statement = {
    Effect: "Allow",
    Principal: { Service: args.service },
    Action: args.actions ?? ["sts:AssumeRole"],
    ...(args.condition === undefined ? {} : { Condition: args.condition }),
  };
  const role = new Role(
    name,
    {
      description: args.description,
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      tags: { ...args.tags },
    },
    options,
  );
  const attachments = args.policyArns.map(
    (policyArn) =>
      new RolePolicyAttachment(
        `${name}-${policyArn.split("/").at(-1) ?? policyArn}`,
        { role: role.name, policyArn },
        { ...options, parent: role },
      ),
  );
  return { arn: role.arn, parts: [role, ...attachments] };
}

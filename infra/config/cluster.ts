import { Region } from "@pulumi/aws/types/enums/index.js";
import { z } from "zod";

import { defaultKubernetesVersion, kubernetesVersions } from "../cluster/versions.ts";

import { existingClusterSchema } from "./cluster-existing.ts";
import { nodeGroupSchema } from "./cluster-node-group.ts";
import { eksProblems } from "./cluster-rules.ts";
import { crossCheck } from "./cross-check.ts";
import { pattern } from "./scalar.ts";
import { cidr } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** Regions that AWS lets everyone use; the isolated partitions have endpoints and policies of their own. */
const regions = Object.values(Region).filter((region) => !/^(us|eu)-iso/.test(region));

const zone = pattern(/^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/, {
  noun: "an availability zone",
  allowed: "a region and a letter",
  example: "eu-central-1a",
});

/** IAM identity that an access entry can name; STS session ARNs cannot (EKS user guide, "Create access entries"). */
const principalArn = pattern(/^arn:aws(-[a-z-]+)?:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, {
  noun: "the ARN of an IAM role or user",
  allowed: "arn:aws:iam::<account>:role/<name> or :user/<name>, and no session (assumed-role) ARN",
  example: "arn:aws:iam::111122223333:role/platform-admin",
});

const accountId = pattern(/^\d{12}$/, { noun: "an AWS account", allowed: "12 digits", example: "111122223333" });

/** What CloudWatch takes (@pulumi/aws cloudwatch.LogGroup, `retentionInDays`), but for 0, which keeps logs for ever. */
const retentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

const eksFields = strictObject({
  kind: z.literal("eks"),
  region: z.enum(regions),
  /** Account that the stack belongs to; in any other, nothing is changed. Default: whichever the credentials open. */
  accountId: accountId.optional(),
  /** Profile of ~/.aws/config; only names, no keys. Default: the AWS SDK's own search. */
  profile: z.string().min(1).optional(),
  /** Two or three, named here so that a preview asks the cloud nothing. */
  zones: z.array(zone).min(2).max(3),
  /** Addresses of nodes, pods and load balancers: /16 to /22. */
  vpcCidr: cidr.default("10.0.0.0/16"),
  /** One block a zone and kind. Default: cut from `vpcCidr`. */
  subnets: strictObject({ public: z.array(cidr), private: z.array(cidr) }).optional(),
  /** Addresses of Services: /12 to /24, private, outside `vpcCidr`. */
  serviceCidr: cidr.default("172.20.0.0/16"),
  kubernetesVersion: z.enum(kubernetesVersions).default(defaultKubernetesVersion),
  /** Stay on an old version at six times the price instead of being upgraded by AWS. Default false. */
  extendedSupport: z.boolean().default(false),
  nodeGroups: z
    .array(nodeGroupSchema)
    .min(1)
    .prefault([{ name: "main" }]),
  /** Who reaches the Kubernetes API. */
  endpoint: strictObject({
    /** Over the internet, from `publicCidrs` alone. Default true. */
    public: z.boolean().default(true),
    /** Networks of people and CI; for a whole-world endpoint name 0.0.0.0/0. Default none. */
    publicCidrs: z.array(cidr).default([]),
    /** From inside the network; nodes need it. Default true. */
    private: z.boolean().default(true),
  }).prefault({}),
  /** IAM roles and users by what they may do; Kubernetes sees them in the groups gitops-viewer, -deployer, -admin. */
  access: strictObject({
    viewer: z.array(principalArn).default([]),
    deployer: z.array(principalArn).default([]),
    admin: z.array(principalArn).default([]),
  }).prefault({}),
  /** Control-plane logs that go to CloudWatch. */
  logTypes: z
    .array(z.enum(["api", "audit", "authenticator", "controllerManager", "scheduler"]))
    .default(["api", "audit", "authenticator"]),
  /** Days that the logs are kept. Default: by environment (`infra/environments.ts`). */
  logRetentionDays: retentionDays.optional(),
});

const eks = crossCheck(eksFields, eksProblems);

/** Where the platform runs: a new EKS cluster, or one that is there already. */
export const clusterSchema = z.discriminatedUnion("kind", [eks, existingClusterSchema]);

export type ClusterConfig = Readonly<z.output<typeof clusterSchema>>;
export type EksConfig = Readonly<z.output<typeof eksFields>>;
export type ExistingClusterConfig = Readonly<z.output<typeof existingClusterSchema>>;

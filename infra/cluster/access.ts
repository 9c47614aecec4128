import { createHash } from "node:crypto";

import type { AccessEntryArgs } from "@pulumi/eks/types/input.js";

import type { EksConfig } from "../config/cluster.ts";

import { partitionOf } from "./partition.ts";
import type { Tags } from "./tags.ts";

export type AccessLevel = keyof EksConfig["access"];

/** Kubernetes groups of the access levels; the roles that they get are bound by the delivery part. */
export const accessGroups: Readonly<Record<AccessLevel, string>> = {
  viewer: "gitops-viewer",
  deployer: "gitops-deployer",
  admin: "gitops-admin",
};

/**
 * One access entry for each identity, by a key that stays the same when others come and go.
 * Admins also get AWS's own cluster-admin policy: they get in when the objects in the cluster that let them in are gone.
 */
export function accessEntries(
  access: EksConfig["access"],
  region: string,
  tags: Tags,
): Record<string, AccessEntryArgs> {
  const levels = Object.keys(accessGroups) as AccessLevel[];
  return Object.fromEntries(
    levels.flatMap((level) =>
      access[level].map((principalArn): [string, AccessEntryArgs] => [
        `${level}-${entryKey(principalArn)}`,
        {
          principalArn,
          type: "STANDARD",
          kubernetesGroups: [accessGroups[level]],
          tags: { ...tags },
          ...(level === "admin" ? { accessPolicies: { cluster: clusterAdmin(region) } } : {}),
        },
      ]),
    ),
  );
}

function entryKey(arn: string): string {
  const name = arn.split("/").at(-1) ?? "";
  return `${name.replace(/[^A-Za-z0-9-]/g, "-")}-${createHash("sha256").update(arn).digest("hex").slice(0, 8)}`;
}

/** ARN form: EKS user guide, "Associate access policies with access entries". */
function clusterAdmin(region: string) {
  return {
    policyArn: `arn:${partitionOf(region)}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
    accessScope: { type: "cluster" },
  };
}

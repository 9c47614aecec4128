import type { Resource } from "@pulumi/pulumi/resource.js";

import type { ClusterConfig } from "../config/cluster.ts";
import type { StackProfile } from "../environments.ts";

import { EksPlatform } from "./eks.ts";
import { useExistingCluster } from "./existing.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import type { Tags } from "./tags.ts";

export { accessGroups } from "./access.ts";
export type { PlatformCluster } from "./platform-cluster.ts";
export type { PodIdentity, PodIdentityRequest } from "./pod-identity.ts";

export interface ClusterOptions {
  /** On every cloud resource. Default none. */
  readonly tags?: Tags;
  /** Default: the stack. */
  readonly parent?: Resource;
}

/**
 * The cluster that the configuration asks for.
 * @param name of the cluster, for example `gitops-dev`; also the prefix of its resources
 */
export function createCluster(
  name: string,
  config: ClusterConfig,
  profile: StackProfile,
  { tags = {}, parent }: ClusterOptions = {},
): PlatformCluster {
  const options = parent === undefined ? {} : { parent };
  switch (config.kind) {
    case "existing":
      return useExistingCluster(name, config, options);
    case "eks":
      return new EksPlatform(name, { config, profile, tags }, options);
  }
}

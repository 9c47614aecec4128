import { Provider } from "@pulumi/kubernetes/provider.js";
import { output, secret } from "@pulumi/pulumi/output.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { ExistingClusterConfig } from "../config/cluster.ts";

import type { PlatformCluster } from "./platform-cluster.ts";

/** A cluster that is there already: a provider for it, and nothing in the cloud. */
export function useExistingCluster(
  name: string,
  config: ExistingClusterConfig,
  options: CustomResourceOptions,
): PlatformCluster {
  const kubeconfig = config.kubeconfig === undefined ? undefined : secret(config.kubeconfig);
  const provider = new Provider(
    name,
    {
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      ...(config.context === undefined ? {} : { context: config.context }),
      // Fresh certificates are no other cluster: without this the engine would replace everything on it.
      clusterIdentifier: config.context ?? name,
    },
    options,
  );
  return {
    provider,
    name: output(config.context ?? name),
    kubeconfig,
    ready: [provider],
    createPodIdentity: undefined,
  };
}

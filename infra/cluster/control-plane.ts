import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Cluster } from "@pulumi/eks/cluster.js";
import { secret } from "@pulumi/pulumi/output.js";
import type { Output } from "@pulumi/pulumi/output.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { EksConfig } from "../config/cluster.ts";
import type { StackProfile } from "../environments.ts";

import { accessEntries } from "./access.ts";
import type { Network } from "./network.ts";
import type { Tags } from "./tags.ts";
import type { AddOnVersions } from "./versions.ts";

export interface ControlPlaneArgs {
  readonly clusterName: string;
  readonly config: EksConfig;
  readonly profile: StackProfile;
  readonly network: Network;
  readonly addOns: AddOnVersions;
  /** Handed on to the `@pulumi/eks` component, which runs in a process of its own. */
  readonly aws: ProviderResource;
  readonly tags: Tags;
}

/**
 * The EKS control plane by `@pulumi/eks`, with its log group and the key that encrypts Kubernetes Secrets.
 * What the component would do by itself is said here where it matters: it makes kube-proxy and vpc-cni, and no CoreDNS,
 * because it makes no node group (pulumi-eks v4.3.0, nodejs/eks/cluster/cluster.ts).
 */
export class ControlPlane extends ComponentResource {
  /** Logs in with `aws eks get-token`: it names a cluster and holds no credentials. */
  readonly kubeconfig: Output<string>;
  readonly cluster: Resource;

  constructor(name: string, args: ControlPlaneArgs, options: ComponentResourceOptions) {
    super("gitops:cluster:ControlPlane", name, {}, options);
    const { clusterName, config, profile, tags } = args;
    const within = { parent: this };
    const key = new Key(
      `${name}-secrets`,
      {
        description: `Kubernetes Secrets of ${clusterName}`,
        enableKeyRotation: true,
        // The time to notice that the key of an etcd backup is about to be lost: AWS takes 7 to 30 days.
        deletionWindowInDays: profile.deletionProtection ? 30 : 7,
        tags: { ...tags, Name: `${clusterName}-secrets` },
      },
      within,
    );
    new Alias(`${name}-secrets`, { name: `alias/${clusterName}-secrets`, targetKeyId: key.keyId }, { parent: key });
    // EKS writes to this name, and makes a group that keeps logs for ever where there is none.
    const logs = new LogGroup(
      `${name}-logs`,
      {
        name: `/aws/eks/${clusterName}/cluster`,
        retentionInDays: config.logRetentionDays ?? profile.logRetentionDays,
        tags: { ...tags },
      },
      within,
    );
    const cluster = new Cluster(
      name,
      {
        name: clusterName,
        version: config.kubernetesVersion,
        upgradePolicy: { supportType: config.extendedSupport ? "EXTENDED" : "STANDARD" },
        vpcId: args.network.vpcId,
        privateSubnetIds: [...args.network.privateSubnetIds],
        kubernetesServiceIpAddressRange: config.serviceCidr,
        endpointPrivateAccess: config.endpoint.private,
        // Said even where it is the default: only then does the component wait until the API answers.
        endpointPublicAccess: config.endpoint.public,
        ...(config.endpoint.public ? { publicAccessCidrs: [...config.endpoint.publicCidrs] } : {}),
        authenticationMode: "API",
        accessEntries: accessEntries(config.access, config.region, tags),
        encryptionConfigKeyArn: key.arn,
        enabledClusterLogTypes: [...config.logTypes],
        deletionProtection: profile.deletionProtection,
        // The group that EKS makes joins control plane and managed nodes; the component's own pair is for its own nodes.
        skipDefaultSecurityGroups: true,
        skipDefaultNodeGroup: true,
        createInstanceRole: false,
        // Pod identity serves instead. The provider would also fetch a certificate over the internet during preview.
        createOidcProvider: false,
        bootstrapSelfManagedAddons: false,
        kubeProxyAddonOptions: { enabled: true, version: args.addOns["kube-proxy"] },
        corednsAddonOptions: { enabled: false },
        // Without it NetworkPolicies are accepted and have no effect.
        vpcCniOptions: { addonVersion: args.addOns["vpc-cni"], enableNetworkPolicy: true },
        ...(config.profile === undefined ? {} : { providerCredentialOpts: { profileName: config.profile } }),
        tags: { ...tags },
      },
      {
        parent: this,
        providers: { aws: args.aws },
        dependsOn: [logs, key, ...args.network.routes],
        // Refused before anything is deleted, where EKS's own protection would refuse after the workloads are gone.
        protect: profile.deletionProtection,
      },
    );
    this.cluster = cluster;
    this.kubeconfig = secret(cluster.kubeconfigJson);
    this.registerOutputs({});
  }
}

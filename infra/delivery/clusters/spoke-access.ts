import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import { RunError } from "@pulumi/pulumi/errors.js";
import { all, secret } from "@pulumi/pulumi/output.js";
import type { Output } from "@pulumi/pulumi/output.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import { apiAddress } from "../../cluster/api-address.ts";
import type { PlatformCluster } from "../../cluster/index.ts";
import type { ArgocdConfig } from "../../config/controllers.ts";
import { createControllerNamespace } from "../../controllers/namespace.ts";
import { labels } from "../../labels.ts";
import { applierRules } from "../applier-rules.ts";
import type { DeliveryEnvironment } from "../environment.ts";
import { defaultDenyName } from "../namespace-objects.ts";

import { hubIdentity } from "./hub-access.ts";
import type { HubAccess } from "./hub-access.ts";

export interface SpokeAccessArgs {
  readonly cluster: PlatformCluster;
  /** Of a kubeconfig with several contexts, the one that `cluster` is reached by. Default: the current one. */
  readonly context?: string | undefined;
  readonly config: Pick<ArgocdConfig, "apiServer" | "hubRoles">;
  readonly environments: readonly DeliveryEnvironment[];
  /** The namespaces of the environments, and what must be there before any object. */
  readonly dependsOn: readonly Resource[];
}

/** Who the hub is. */
interface Identity {
  readonly subject: object;
  /** What the hub logs in with, and the authority that the cluster itself names. */
  readonly login: Output<{ readonly credentials: HubAccess["credentials"]; readonly caData?: string | undefined }>;
}

/**
 * What lets the Argo CD of another stack deliver here: an identity without rights in the cluster, and in each
 * environment's namespace a Role with the kinds that an application may bring.
 */
export class SpokeAccess extends ComponentResource {
  /** Secret: for the hub, by its stack output. */
  public readonly hubAccess: Output<HubAccess>;

  public constructor(args: SpokeAccessArgs, options?: ComponentResourceOptions) {
    super("gitops:delivery:SpokeAccess", hubIdentity, {}, options);
    const { cluster, config, environments } = args;
    const child = { parent: this, provider: cluster.provider };
    const within = { ...child, dependsOn: [...args.dependsOn] };
    const identity = config.hubRoles === undefined ? accountIdentity(within) : roleIdentity(cluster, config.hubRoles);
    for (const environment of environments) grant(environment, identity.subject, within);
    const namespaces = Object.fromEntries(environments.map(({ name, namespace }) => [name, namespace]));
    this.hubAccess = secret(
      all([cluster.kubeconfig, identity.login]).apply(([kubeconfig, login]): HubAccess => {
        const api = kubeconfig === undefined ? undefined : apiAddress(kubeconfig, args.context);
        const server = config.apiServer ?? api?.server;
        const caData = login.caData ?? api?.caData;
        if (server === undefined || caData === undefined) {
          throw new RunError(
            "argocd.apiServer: missing, and the kubeconfig has no address or no certificate authority; add it, or write " +
              "the content of the kubeconfig into cluster.kubeconfig",
          );
        }
        return { server, caData, namespaces, credentials: login.credentials };
      }),
    );
    this.registerOutputs({});
  }
}

/** In a namespace of its own: who administers an environment reads the Secrets of its namespace. */
function accountIdentity(options: CustomResourceOptions): Identity {
  const namespace = createControllerNamespace(hubIdentity, options);
  const within = { ...options, dependsOn: [namespace] };
  const metadata = { name: hubIdentity, namespace: hubIdentity };
  // No pod runs here, and whoever brings one gets nowhere.
  const spec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
  new NetworkPolicy(
    `${hubIdentity}-${defaultDenyName}`,
    { metadata: { ...metadata, name: defaultDenyName }, spec },
    within,
  );
  const account = new ServiceAccount(hubIdentity, { metadata, automountServiceAccountToken: false }, within);
  // Filled in by Kubernetes, and void when it is deleted ("Managing Service Accounts", Secret for a ServiceAccount).
  const token = new Secret(
    `${hubIdentity}-token`,
    {
      metadata: {
        ...metadata,
        name: `${hubIdentity}-token`,
        annotations: { "kubernetes.io/service-account.name": hubIdentity },
      },
      type: "kubernetes.io/service-account-token",
    },
    { ...within, dependsOn: [account], additionalSecretOutputs: ["data"] },
  );
  const login = token.data.apply((data?: Record<string, string>) => {
    const [encoded, caData] = [data?.["token"], data?.["ca.crt"]];
    if (encoded === undefined) throw new RunError(`Secret ${hubIdentity}/${hubIdentity}-token has no token`);
    const credentials = { kind: "token" as const, token: Buffer.from(encoded, "base64").toString() };
    return { credentials, caData };
  });
  return { subject: { kind: "ServiceAccount", name: hubIdentity, namespace: hubIdentity }, login };
}

function roleIdentity(cluster: PlatformCluster, hubRoles: readonly string[]): Identity {
  if (cluster.admitHub === undefined) throw new Error("argocd.hubRoles without EKS; the configuration was not checked");
  const roleArn = cluster.admitHub(hubRoles, hubIdentity);
  const login = all([cluster.name, roleArn]).apply(([clusterName, arn]) => ({
    credentials: { kind: "eks" as const, clusterName, roleArn: arn },
  }));
  return { subject: { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: hubIdentity }, login };
}

function grant({ name, namespace }: DeliveryEnvironment, subject: object, options: CustomResourceOptions): void {
  const metadata = { name: hubIdentity, namespace, labels: { [labels.environment]: name } };
  const resource = `${name}-${hubIdentity}`;
  const role = new Role(resource, { metadata, rules: [...applierRules()] }, options);
  new RoleBinding(
    resource,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: hubIdentity },
      subjects: [subject as { kind: string; name: string }],
    },
    { ...options, dependsOn: [role] },
  );
}

import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { DashboardConfig } from "../config/dashboard.ts";
import { clusterIssuerName } from "../controllers/cluster-issuer.ts";
import { createControllerNamespace } from "../controllers/namespace.ts";
import { replicas } from "../controllers/pods.ts";
import type { StackProfile } from "../environments.ts";

import { grantDashboard } from "./dashboard-access.ts";
import { dashboardPod, dashboardPort } from "./dashboard-pod.ts";

/** Name of everything of the page, and of its namespace; `infra/config` keeps workloads out of it. */
export const dashboardName = "gitops-dashboard";

export interface DashboardArgs {
  /** Checked: with `enabled`, the rest is there. */
  readonly config: DashboardConfig;
  readonly profile: StackProfile;
  /** Namespaces of the environments, which `dependsOn` makes. */
  readonly namespaces: readonly string[];
  readonly provider: ProviderResource;
  readonly dependsOn: readonly Resource[];
}

/** `gitops dashboard` in the cluster: read-only, and reached through an ingress that signs people in. */
export class Dashboard extends ComponentResource {
  public constructor(args: DashboardArgs, options?: ComponentResourceOptions) {
    super("gitops:delivery:Dashboard", "dashboard", {}, options);
    const { host, image, ingress } = args.config;
    if (host === undefined || image === undefined || ingress === undefined) {
      throw new Error("a dashboard without host, image or ingress; the configuration was not checked");
    }
    const name = dashboardName;
    const child = { parent: this, provider: args.provider };
    const namespace = createControllerNamespace(name, child);
    const within = { ...child, dependsOn: [namespace, ...args.dependsOn] };
    const selector = { "app.kubernetes.io/name": name };
    const metadata = { name, namespace: name, labels: selector };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, within);
    grantDashboard(name, name, args.namespaces, within);
    const denied = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
    new NetworkPolicy(
      `${name}-default-deny`,
      { metadata: { ...metadata, name: "default-deny" }, spec: denied },
      within,
    );
    new NetworkPolicy(name, { metadata, spec: networkPolicy(selector, ingress.namespace) }, within);
    const deployment = new Deployment(
      name,
      {
        metadata,
        spec: {
          replicas: replicas(args.profile),
          selector: { matchLabels: selector },
          template: { metadata: { labels: selector }, spec: dashboardPod(name, image, host, selector) },
        },
      },
      { ...within, dependsOn: [...within.dependsOn, account] },
    );
    const ports = [{ name: dashboardPort.name, port: 80, targetPort: dashboardPort.name, protocol: "TCP" }];
    const service = new Service(name, { metadata, spec: { selector, ports } }, { ...within, dependsOn: [deployment] });
    const annotations = { "cert-manager.io/cluster-issuer": clusterIssuerName, ...ingress.annotations };
    const backend = { service: { name, port: { name: dashboardPort.name } } };
    new Ingress(
      name,
      {
        metadata: { ...metadata, annotations },
        spec: {
          ingressClassName: ingress.className,
          tls: [{ hosts: [host], secretName: `${name}-tls` }],
          rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
        },
      },
      { ...within, dependsOn: [service] },
    );
    this.registerOutputs({});
  }
}

/**
 * Only the ingress controller gets in: it says who people are, and whoever came past it could say anything. Out goes what
 * asks for names and for the API, whose address and port a policy cannot know (443 as a Service, 6443 behind it).
 */
function networkPolicy(selector: Record<string, string>, ingressNamespace: string) {
  const tcp = (port: number | string) => ({ protocol: "TCP", port });
  return {
    podSelector: { matchLabels: selector },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        // The label that every namespace has (Kubernetes documentation, "Automatic labelling").
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": ingressNamespace } } }],
        ports: [tcp(dashboardPort.name)],
      },
    ],
    egress: [{ ports: [{ protocol: "UDP", port: 53 }, tcp(53)] }, { ports: [tcp(443), tcp(6443)] }],
  };
}

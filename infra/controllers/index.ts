import type { ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { ArgocdConfig, CertManagerConfig, ControllersMode, PrometheusConfig } from "../config/controllers.ts";
import type { FluxConfig, GitopsKind } from "../config/gitops.ts";
import type { StackProfile } from "../environments.ts";

import { neutraliseDefaultProject } from "./argocd/default-project.ts";
import { argocdUrl } from "./argocd/exposure.ts";
import { Argocd } from "./argocd/index.ts";
import type { ArgocdAccess } from "./argocd/index.ts";
import type { ArgocdSecrets } from "./argocd/secrets.ts";
import { CertManager } from "./cert-manager.ts";
import { Flagger } from "./flagger.ts";
import { Flux } from "./flux.ts";
import { Keda } from "./keda.ts";
import { namespaces } from "./namespaces.ts";
import { createPriorityClass } from "./priority-class.ts";
import { Prometheus, prometheusAddress } from "./prometheus.ts";

export { clusterIssuerName } from "./cluster-issuer.ts";

export interface ControllersArgs extends ArgocdAccess {
  readonly mode: ControllersMode;
  /** The engine of the stack; the other one is not installed. Default `argocd`. */
  readonly gitops?: GitopsKind;
  readonly config: {
    readonly argocd: ArgocdConfig;
    /** Only with `gitops: "flux"`. */
    readonly flux?: FluxConfig;
    readonly certManager: CertManagerConfig;
    readonly prometheus: PrometheusConfig;
    /** The repository that the engine follows. */
    readonly repository?: string;
  };
  /** Default none. */
  readonly secrets?: ArgocdSecrets;
  /** Namespaces of the environments. */
  readonly workloadNamespaces: readonly string[];
  readonly profile: StackProfile;
  readonly provider: ProviderResource;
  /** What must be there before a pod can run, such as nodes. Default none. */
  readonly dependsOn?: readonly Resource[];
  /** Default: the stack. */
  readonly parent?: Resource;
}

export interface Controllers {
  /**
   * Custom resources, and every namespace that holds some, must depend on all of these: the controllers that handle
   * their finalizers are then the last to go.
   */
  readonly ready: readonly Resource[];
  readonly argocdNamespace: string;
  /** Whether Argo CD is in this cluster: not with Flux, and not where the one of another stack delivers. */
  readonly hasArgocd: boolean;
  /** `undefined` where no host is set: reach it through a port-forward. */
  readonly argocdUrl: string | undefined;
  /** Where Flagger's and KEDA's queries go. */
  readonly prometheusAddress: string;
}

/** The controllers of the platform: installed by Helm, or found in the cluster. */
export function installControllers(args: ControllersArgs): Controllers {
  const { config } = args;
  return {
    ready: args.mode === "helm" ? install(args) : adopt(args),
    argocdNamespace: namespaces.argocd,
    argocdUrl: argocdUrl(config.argocd),
    hasArgocd: hasArgocd(args),
    prometheusAddress: args.mode === "helm" ? prometheusAddress : (config.prometheus.address ?? prometheusAddress),
  };
}

const hasArgocd = ({ gitops, config }: ControllersArgs): boolean =>
  gitops !== "flux" && config.argocd.managedBy === "self";

function install(args: ControllersArgs): Resource[] {
  const { config, profile, provider, groups, projects, workloadNamespaces } = args;
  const options = args.parent === undefined ? {} : { parent: args.parent };
  const priorityClass = createPriorityClass({ ...options, provider, dependsOn: [...(args.dependsOn ?? [])] });
  const common = { profile, provider, priorityClass };
  const prometheus = new Prometheus({ ...common, config: config.prometheus }, options);
  const flagger = new Flagger({ ...common, prometheusAddress, prometheus, workloadNamespaces }, options);
  const keda = new Keda(common, options);
  const certManager = new CertManager({ ...common, config: config.certManager }, options);
  const others = [prometheus, flagger, keda, certManager];
  if (args.gitops === "flux") {
    if (config.flux === undefined) throw new Error("gitops is flux without its settings; it was not checked");
    return [...others, new Flux({ ...common, config: config.flux }, options)];
  }
  if (!hasArgocd(args)) return others;
  const argocd = new Argocd(
    {
      ...common,
      config: config.argocd,
      secrets: args.secrets ?? {},
      repository: config.repository,
      groups,
      projects,
      remoteClusters: args.remoteClusters ?? false,
      // Only a host has a certificate; without one the two need not wait for each other.
      ...(config.argocd.host === undefined ? {} : { certificates: certManager }),
    },
    options,
  );
  return [...others, argocd];
}

/** Somebody else runs the controllers; what they allow by default is still this platform's business. */
function adopt(args: ControllersArgs): Resource[] {
  const { provider, parent, dependsOn = [] } = args;
  if (!hasArgocd(args)) return [...dependsOn];
  const options = parent === undefined ? { provider } : { provider, parent };
  return [neutraliseDefaultProject({ ...options, dependsOn: [...dependsOn] })];
}

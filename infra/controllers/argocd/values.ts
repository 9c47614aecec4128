import type { ArgocdConfig } from "../../config/controllers.ts";
import type { StackProfile } from "../../environments.ts";
import { images } from "../../versions.ts";
import { compute, disruptionBudget, replicas, spread } from "../pods.ts";
import type { ResourceRequirements, TopologySpread } from "../pods.ts";
import { priorityClassName } from "../priority-class.ts";

import { argocdExposure, argocdUrl } from "./exposure.ts";
import type { ArgocdExposure } from "./exposure.ts";
import { notifications } from "./notifications.ts";
import type { Notifications } from "./notifications.ts";
import { secretReference } from "./oidc.ts";
import { secretReferences } from "./secrets.ts";
import type { ArgocdSettings } from "./settings.ts";

interface Program {
  readonly resources: ResourceRequirements;
  readonly metrics: { readonly enabled: boolean };
}

interface Replicated extends Program {
  readonly replicas: number;
  readonly pdb: { readonly enabled: boolean; readonly maxUnavailable: number };
}

/** The values that the platform sets (argoproj/argo-helm, charts/argo-cd/values.yaml at argo-cd-10.1.1). */
export interface ArgocdValues {
  readonly crds: { readonly install: boolean; readonly keep: boolean };
  readonly global: {
    readonly domain?: string;
    readonly image: { readonly repository: string; readonly tag: string };
    readonly priorityClassName: string;
    readonly topologySpreadConstraints: readonly TopologySpread[];
    readonly networkPolicy: { readonly create: boolean };
    readonly addPrometheusAnnotations: boolean;
    readonly logging: { readonly format: string; readonly level: string };
  };
  readonly configs: {
    readonly cm: Readonly<Record<string, string>>;
    readonly rbac: Readonly<Record<string, string>>;
    readonly params: Readonly<Record<string, string>>;
    readonly secret: Readonly<Record<string, string>>;
  };
  readonly controller: Program & { readonly replicas: number };
  readonly server: Replicated & ArgocdExposure;
  readonly repoServer: Replicated;
  readonly applicationSet: Replicated;
  readonly notifications: Program & {
    readonly enabled: boolean;
    readonly argocdUrl?: string;
    readonly secret?: { readonly create: boolean };
  } & Partial<Notifications>;
  readonly redis: { readonly resources: ResourceRequirements };
  readonly redisSecretInit: { readonly enabled: boolean; readonly resources: ResourceRequirements };
  readonly dex: { readonly enabled: boolean };
}

/** Key of the chart's `configs.secret` for the webhooks of each Git host. */
const webhookKeys: Readonly<Record<ArgocdConfig["gitHost"], string>> = {
  github: "githubSecret",
  gitlab: "gitlabSecret",
  bitbucketServer: "bitbucketServerSecret",
  gogs: "gogsSecret",
};

/**
 * @param settings of the ConfigMaps, the same as on the local platform
 * @param hasWebhookSecret whether the stack has one
 * @param reportsTo where failures are reported; the Secret with the token is then the platform's own. Default: nowhere
 */
export function argocdValues(
  profile: StackProfile,
  config: ArgocdConfig,
  settings: ArgocdSettings,
  hasWebhookSecret: boolean,
  reportsTo?: string,
): ArgocdValues {
  const url = argocdUrl(config);
  const metrics = { enabled: true };
  const replicated = (resources: ResourceRequirements): Replicated => ({
    replicas: replicas(profile),
    pdb: disruptionBudget(profile),
    resources,
    metrics,
  });
  return {
    // `keep`: an uninstall that took the CRDs along would delete every Application, and with it every workload.
    crds: { install: true, keep: true },
    global: {
      ...(config.host === undefined ? {} : { domain: config.host }),
      image: images.argocd,
      priorityClassName,
      topologySpreadConstraints: spread(),
      networkPolicy: { create: true },
      addPrometheusAnnotations: true,
      logging: { format: "json", level: "info" },
    },
    configs: {
      // Without a host the chart would make up the address `https://argocd.example.com`; an empty value is left out.
      cm: { url: "", ...settings.cm },
      rbac: settings.rbac,
      params: settings.params,
      secret: hasWebhookSecret
        ? { [webhookKeys[config.gitHost]]: secretReference(secretReferences.webhookSecret) }
        : {},
    },
    // One: more replicas divide clusters among themselves, and here is one cluster. Its state is in the API server, so a
    // restart loses nothing. 500 Applications took 382 MB on the local platform.
    controller: { replicas: 1, resources: compute("250m", "512Mi", "2Gi"), metrics },
    server: { ...replicated(compute("100m", "128Mi", "512Mi")), ...argocdExposure(config) },
    repoServer: replicated(compute("250m", "256Mi", "1Gi")),
    applicationSet: replicated(compute("50m", "96Mi", "256Mi")),
    notifications: {
      enabled: true,
      ...(url === undefined ? {} : { argocdUrl: url }),
      ...(reportsTo === undefined ? {} : { secret: { create: false }, ...notifications(reportsTo) }),
      resources: compute("50m", "96Mi", "256Mi"),
      metrics,
    },
    // One in every profile: "a disposable cache [that] can be safely rebuilt without service disruption"
    // (docs/operator-manual/high_availability.md, v3.5.7). The hook below gives it a password.
    redis: { resources: compute("50m", "64Mi", "256Mi") },
    redisSecretInit: { enabled: true, resources: compute("10m", "64Mi", "128Mi") },
    // Single sign-on speaks to the provider directly.
    dex: { enabled: false },
  };
}

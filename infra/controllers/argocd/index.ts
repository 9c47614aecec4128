import { RunError } from "@pulumi/pulumi/errors.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { ArgocdConfig } from "../../config/controllers.ts";
import { charts } from "../../versions.ts";
import { createRelease } from "../chart-release.ts";
import type { ControllerArgs } from "../controller-args.ts";
import { createControllerNamespace } from "../namespace.ts";
import { namespaces } from "../namespaces.ts";

import { neutraliseDefaultProject } from "./default-project.ts";
import { argocdUrl } from "./exposure.ts";
import { dispatchAddress } from "./notifications.ts";
import type { OidcOptions } from "./oidc.ts";
import type { RoleSubjects } from "./rbac-policy.ts";
import { createArgocdSecrets, createNotificationsSecret, secretReferences } from "./secrets.ts";
import type { ArgocdSecrets } from "./secrets.ts";
import { argocdSettings } from "./settings.ts";
import type { ArgocdSettings } from "./settings.ts";
import { argocdValues } from "./values.ts";

/** Who may do what in Argo CD. */
export interface ArgocdAccess {
  /** Groups of the identity provider. */
  readonly groups: RoleSubjects;
  /** AppProjects that viewers and deployers reach. */
  readonly projects: readonly string[];
  /** Whether Argo CD delivers to clusters of other stacks. Default false. */
  readonly remoteClusters?: boolean;
}

export interface ArgocdArgs extends ControllerArgs, ArgocdAccess {
  readonly config: ArgocdConfig;
  readonly secrets: ArgocdSecrets;
  /** The repository that Argo CD follows. Needed with a `dispatchToken` alone. */
  readonly repository?: string | undefined;
  /** The issuer of the server's certificate, where a host is set. Default none. */
  readonly certificates?: Resource;
}

/** Argo CD with the platform's settings, and its `default` project without rights. */
export class Argocd extends ComponentResource {
  public constructor(args: ArgocdArgs, options?: ComponentResourceOptions) {
    super("gitops:controllers:Argocd", "argocd", {}, options);
    const { config, secrets, profile } = args;
    const child = { parent: this, provider: args.provider };
    const namespace = createControllerNamespace(namespaces.argocd, child);
    const platformSecrets = createArgocdSecrets(secrets, { ...child, dependsOn: [namespace] });
    const settings = configuredSettings(config, args, secrets.oidcClientSecret !== undefined);
    const reportsTo = secrets.dispatchToken === undefined ? undefined : reportAddress(config, args.repository);
    const notificationsSecret =
      secrets.dispatchToken === undefined
        ? []
        : [createNotificationsSecret(secrets.dispatchToken, { ...child, dependsOn: [namespace] })];
    const release = createRelease(
      {
        release: "argocd",
        chart: charts.argocd,
        namespace,
        values: argocdValues(profile, config, settings, secrets.webhookSecret !== undefined, reportsTo),
      },
      {
        ...child,
        dependsOn: [
          args.priorityClass,
          ...notificationsSecret,
          ...(platformSecrets === undefined ? [] : [platformSecrets]),
          ...(args.certificates === undefined ? [] : [args.certificates]),
        ],
      },
    );
    neutraliseDefaultProject({ ...child, dependsOn: [release] });
    this.registerOutputs({});
  }
}

/** @throws RunError when the repository's host has no such workflows: the token would be without effect */
function reportAddress({ gitHost }: ArgocdConfig, repository = ""): string {
  const address = gitHost === "github" ? dispatchAddress(repository) : undefined;
  if (address !== undefined) return address;
  throw new RunError(
    `argocdDispatchToken: starts workflows of GitHub alone, and the repository is "${repository}" with argocd.gitHost ` +
      `"${gitHost}"; remove the token, or use a repository of GitHub`,
  );
}

/** The platform's settings as a stack's configuration asks for them. */
export function configuredSettings(
  config: ArgocdConfig,
  { groups, projects, remoteClusters = false }: ArgocdAccess,
  hasClientSecret: boolean,
): ArgocdSettings {
  const url = argocdUrl(config);
  return argocdSettings({
    projects,
    roles: groups,
    remoteClusters,
    reconciliationTimeout: config.reconciliationTimeout,
    ...(url === undefined ? {} : { url }),
    ...(config.oidc === undefined ? {} : { oidc: oidcOptions(config.oidc, hasClientSecret) }),
  });
}

function oidcOptions(oidc: NonNullable<ArgocdConfig["oidc"]>, hasClientSecret: boolean): OidcOptions {
  const { cliClientId, ...options } = oidc;
  return {
    ...options,
    ...(cliClientId === undefined ? {} : { cliClientId }),
    ...(hasClientSecret ? { clientSecret: secretReferences.oidcClientSecret } : {}),
  };
}

import { canaryHealth, scaledObjectHealth } from "./health-checks.ts";
import type { OidcOptions } from "./oidc.ts";
import { oidcConfig } from "./oidc.ts";
import type { RbacPolicyOptions } from "./rbac-policy.ts";
import { rbacPolicy } from "./rbac-policy.ts";
import { ignoredUpdates, resourceExclusions } from "./resource-rules.ts";

/** A local account, for machines and for a platform without single sign-on. */
export interface LocalAccount {
  readonly name: string;
  /** `login` with a password, `apiKey` for tokens. */
  readonly capabilities: readonly ("login" | "apiKey")[];
}

/** What differs between one Argo CD and another. */
export interface ArgocdSettingsOptions extends RbacPolicyOptions {
  /** Address people use, for links and single sign-on. Default none. */
  readonly url?: string;
  /** Single sign-on; with it the built-in `admin` account is off. Default none. */
  readonly oidc?: OidcOptions;
  /** Whether Argo CD delivers to clusters in which it may not list every kind. Default false. */
  readonly remoteClusters?: boolean;
  /** Default none. Passwords are bcrypt hashes in argocd-secret, under `accounts.<name>.password`. */
  readonly accounts?: readonly LocalAccount[];
  /** Whether the built-in `admin` may log in. Default: only while there is no single sign-on. */
  readonly adminAccount?: boolean;
  /**
   * Go duration between two looks at Git when no webhook came. Default `180s`: the webhook brings changes, the poll
   * only catches a lost one.
   */
  readonly reconciliationTimeout?: string;
  /** Go duration, the random part added to it. Default `60s`, as Argo CD has it. */
  readonly reconciliationJitter?: string;
}

/** The data of Argo CD's three ConfigMaps. */
export interface ArgocdSettings {
  /** `argocd-cm` */
  readonly cm: Record<string, string>;
  /** `argocd-rbac-cm` */
  readonly rbac: Record<string, string>;
  /** `argocd-cmd-params-cm` */
  readonly params: Record<string, string>;
}

/**
 * The platform's Argo CD settings, the same in a cloud and on one machine. Keys were read in
 * docs/operator-manual/argocd-{cm,rbac-cm,cmd-params-cm}.yaml of argoproj/argo-cd v3.5.7.
 */
export function argocdSettings(options: ArgocdSettingsOptions): ArgocdSettings {
  return { cm: configMap(options), rbac: rbacMap(options), params: parameters };
}

function configMap(options: ArgocdSettingsOptions): Record<string, string> {
  const adminAccount = options.oidc === undefined && (options.adminAccount ?? true);
  return {
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.oidc === undefined ? {} : { "oidc.config": oidcConfig(options.oidc) }),
    "admin.enabled": String(adminAccount),
    ...Object.fromEntries(
      (options.accounts ?? []).map(({ name, capabilities }) => [`accounts.${name}`, capabilities.join(", ")]),
    ),
    "users.anonymous.enabled": "false",
    // Argo CD's 24 hours would let a session outlive a working day, and with it a removed group.
    "users.session.duration": "12h",
    "exec.enabled": "false",
    // Annotations, not labels: Flagger copies a Deployment's labels to its primary, which is not in Git.
    "application.resourceTrackingMethod": "annotation",
    // Otherwise `sync` alone would deploy any commit, reviewed or not.
    "application.sync.requireOverridePrivilegeForRevisionSync": "true",
    "timeout.reconciliation": options.reconciliationTimeout ?? "180s",
    "timeout.reconciliation.jitter": options.reconciliationJitter ?? "60s",
    "resource.exclusions": resourceExclusions,
    "resource.customizations.health.flagger.app_Canary": canaryHealth,
    "resource.customizations.health.keda.sh_ScaledObject": scaledObjectHealth,
    ...(options.remoteClusters === true ? { "resource.respectRBAC": respectRbac } : {}),
    ...ignoredUpdates,
  };
}

/**
 * Kinds that Argo CD may not list are left alone; otherwise the first one would end its look at a cluster (argo-cd v3.5.7,
 * docs/operator-manual/declarative-setup.md, "Auto respect RBAC for controller"). Not `strict`: its second question does not
 * name the API group (gitops-engine, pkg/cache/cluster.go, checkPermission), so that a kind of somebody else with the plural
 * of one that may be listed, such as Knative's `services`, would end it again.
 */
const respectRbac = "normal";

function rbacMap(options: ArgocdSettingsOptions): Record<string, string> {
  return {
    // Empty: who has no role sees nothing.
    "policy.default": "",
    "policy.csv": rbacPolicy(options),
    "policy.matchMode": "glob",
    "scopes": `[${options.oidc?.groupsClaim ?? "groups"}]`,
  };
}

const parameters: Record<string, string> = {
  "server.insecure": "false",
  // `replace` deletes and recreates: an outage that a manifest, reviewed in Git, may still ask for by annotation.
  "server.sync.replace.allowed": "false",
  // A Secret must be labelled for ApplicationSets before a generator may send it to a Git host.
  "applicationsetcontroller.enable.tokenref.strict.mode": "true",
  // Manifests rendered at once: keeps a burst of webhooks within the repo server's memory limit.
  "reposerver.parallelism.limit": "8",
};

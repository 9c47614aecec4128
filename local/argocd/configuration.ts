import { notifications, notificationsData } from "../../infra/controllers/argocd/notifications.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import type { LocalAccount } from "./accounts.ts";
import { argocdNamespace, partOfLabel } from "./names.ts";
import { accountPolicy } from "./rbac.ts";
import type { ProjectRoles } from "./rbac.ts";

type Data = Readonly<Record<string, string>>;

/** The platform's settings of Argo CD, the same as those of its Helm values: contents of its three ConfigMaps. */
export interface ArgocdSettings {
  /** argocd-cm */
  readonly cm: Data;
  /** argocd-rbac-cm */
  readonly rbac: Data;
  /** argocd-cmd-params-cm */
  readonly params: Data;
}

export interface ConfigurationArgs {
  readonly upstream: readonly KubernetesObject[];
  readonly settings: ArgocdSettings;
  readonly accounts: readonly LocalAccount[];
  readonly projects: readonly ProjectRoles[];
  /** Where the API server of Argo CD is found. */
  readonly serverUrl: string;
  /** Where the notifications report what became of a release. Default: nowhere. */
  readonly reportsTo?: string;
  /** Loopback host:port of what the components call. */
  readonly addresses: { readonly redis: string; readonly repoServer: string };
}

/** Single sign-on needs an identity provider, which one machine does not have: local accounts stand in. */
const withoutSso = (cm: Data): Data =>
  Object.fromEntries(Object.entries(cm).filter(([key]) => key !== "oidc.config" && key !== "dex.config"));

/** What one machine needs otherwise than a cluster. */
const localParams: Data = {
  // A drift made by hand is undone at once; the back-off starts only after repeated attempts on one revision.
  "controller.self.heal.timeout.seconds": "0",
  "controller.self.heal.backoff.timeout.seconds": "1",
  "controller.self.heal.backoff.cap.seconds": "30",
  // Upstream waits 2 s between sync waves; here controllers see an object within a second.
  "controller.sync.wave.delay.seconds": "1",
  // Two cores: more at once only makes each slower.
  "controller.status.processors": "8",
  "controller.operation.processors": "5",
  "controller.kubectl.parallelism.limit": "8",
  "reposerver.parallelism.limit": "4",
};

/** Seconds; somebody is watching here, and analyses are short. */
const localPatience = { degraded: 15, healthy: 30 } as const;

function local(args: ConfigurationArgs): Readonly<Record<string, Data>> {
  const policies = Object.entries(args.settings.rbac)
    .filter(([key]) => key.startsWith("policy.") && key.endsWith(".csv"))
    .map(([, value]) => value);
  return {
    "argocd-cm": {
      ...withoutSso(args.settings.cm),
      ...Object.fromEntries(args.accounts.map(({ name }) => [`accounts.${name}`, "login"])),
      "admin.enabled": "false",
      "url": args.serverUrl,
      // The hook of a push refreshes at once; the poll is for what the hook missed, such as a crash in between.
      "timeout.reconciliation": "60s",
      "timeout.reconciliation.jitter": "10s",
      // Argo CD's default, 24 h, would log the CLI out of a platform that runs over a weekend.
      "users.session.duration": "168h",
    },
    "argocd-rbac-cm": {
      ...args.settings.rbac,
      "policy.local-accounts.csv": accountPolicy(args.accounts, policies, args.projects),
    },
    "argocd-notifications-cm":
      args.reportsTo === undefined
        ? {}
        : notificationsData(notifications(args.reportsTo, localPatience), args.serverUrl),
    "argocd-cmd-params-cm": {
      ...args.settings.params,
      ...localParams,
      "redis.server": args.addresses.redis,
      "repo.server": args.addresses.repoServer,
      "server.insecure": "false",
    },
  };
}

/**
 * The ConfigMaps of Argo CD: upstream's content, over it the platform's settings, over these what is local.
 * Secrets are left out (see credentials.ts); ConfigMaps without settings are as upstream has them.
 */
export function configMaps(args: ConfigurationArgs): readonly KubernetesObject[] {
  const additions = local(args);
  return args.upstream
    .filter((object) => object.kind === "ConfigMap")
    .map((object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        namespace: argocdNamespace,
        labels: { ...object.metadata.labels, ...partOfLabel },
      },
      data: { ...(object["data"] as Data | undefined), ...additions[object.metadata.name] },
    }));
}

/** Contents by name, as `upstreamEnvironment` reads them. */
export function configMapData(objects: readonly KubernetesObject[]): Readonly<Record<string, Data>> {
  return Object.fromEntries(objects.map((object) => [object.metadata.name, (object["data"] ?? {}) as Data]));
}

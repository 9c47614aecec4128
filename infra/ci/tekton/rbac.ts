import type { Manifest } from "../../crds/tekton.ts";

import { accounts, ciNamespaces } from "./names.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What watches of a shared informer need. */
const read = ["get", "list", "watch"] as const;
const triggers = "triggers.tekton.dev";

/**
 * Of the two roles that Triggers brings for listeners (tektoncd/triggers v0.37.0, config/200-clusterrole.yaml:
 * tekton-triggers-eventlistener-roles and -clusterroles) what this listener does. Left out: Secrets of the whole cluster
 * (the interceptors' own server reads the webhook's Secret), impersonation (no Trigger has an account of its own),
 * TaskRuns. Runs are made in another namespace, where the listener may do nothing else.
 */
export const listenerRules = {
  own: [
    {
      apiGroups: [triggers],
      resources: ["eventlisteners", "triggerbindings", "interceptors", "triggertemplates", "triggers"],
      verbs: read,
    },
    { apiGroups: [""], resources: ["configmaps"], verbs: read },
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  ],
  runs: [{ apiGroups: ["tekton.dev"], resources: ["pipelineruns"], verbs: ["create"] }],
  cluster: [{ apiGroups: [triggers], resources: ["clustertriggerbindings", "clusterinterceptors"], verbs: read }],
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

const rbac = "rbac.authorization.k8s.io";
const listenerName = "ci-webhooks";
const subjects = [{ kind: "ServiceAccount", name: accounts.listener, namespace: ciNamespaces.webhooks }];

function grant(kind: "Role" | "ClusterRole", rules: readonly Rule[], namespace?: string): Manifest[] {
  const metadata = { name: listenerName, ...(namespace === undefined ? {} : { namespace }) };
  const apiVersion = `${rbac}/v1`;
  const roleRef = { apiGroup: rbac, kind, name: listenerName };
  const role = { apiVersion, kind, metadata, rules };
  const binding = { apiVersion, kind: `${kind}Binding`, metadata, roleRef, subjects };
  return [role, binding];
}

/** Accounts of CI and what they may do. Those of the runs may do nothing, and get no token. */
export function ciAccess(): readonly Manifest[] {
  const account = (namespace: string, name: string, automountServiceAccountToken: boolean) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
    automountServiceAccountToken,
  });
  return [
    account(ciNamespaces.runs, accounts.run, false),
    account(ciNamespaces.runs, accounts.sign, false),
    account(ciNamespaces.webhooks, accounts.listener, true),
    ...grant("Role", listenerRules.own, ciNamespaces.webhooks),
    ...grant("Role", listenerRules.runs, ciNamespaces.runs),
    ...grant("ClusterRole", listenerRules.cluster),
  ];
}

import { isDeepStrictEqual } from "node:util";

import { rbacObjects } from "../../../infra/delivery/rbac-objects.ts";
import { namespaceDefaultDeny, namespacePodSecurity } from "../../../policies/kubernetes/namespaces.ts";
import { rbacNoWildcards } from "../../../policies/kubernetes/rbac.ts";
import {
  imagePinned,
  workloadNoHost,
  workloadNonRoot,
  workloadNoPrivileged,
  workloadResources,
} from "../../../policies/kubernetes/workloads.ts";
import type { ObjectPolicy } from "../../../policies/model/object-policy.ts";
import { settingsOf, today } from "../../../policies/model/policy.ts";
import type { Evidence } from "../model.ts";
import type { Place } from "../places.ts";

import { missing, seen } from "./evidence.ts";
import type { LiveKind, LiveObject } from "./read.ts";
import { clusterAdmins, tokenFaults } from "./rights.ts";

/** Objects by kind, all of which could be read. */
export type Objects = Readonly<Record<LiveKind, readonly LiveObject[]>>;

/** How a control is seen in what runs. */
export interface LiveCheck {
  /** Kinds that have to be readable. */
  readonly kinds: readonly LiveKind[];
  readonly look: (objects: Objects, place: Place) => readonly Evidence[];
}

/** The policy that judges a plan judges what runs, object by object. */
function byPolicy<Settings>(
  kind: LiveKind,
  policy: ObjectPolicy<Settings>,
  none: (place: Place) => Evidence,
): LiveCheck {
  const settings = settingsOf<Settings>(policy, {});
  return {
    kinds: [kind],
    look: (objects, place) => {
      const judged = objects[kind].filter(isAlive).map((object) => {
        return seen(object, policy.judgeObject(object, settings, { today: today() }), "as it has to be");
      });
      return judged.length === 0 ? [none(place)] : judged;
    },
  };
}

/** Pods that have ended are history. */
const isAlive = ({ kind, status }: LiveObject): boolean =>
  kind !== "Pod" || !["Succeeded", "Failed"].includes((status as { phase?: string } | undefined)?.phase ?? "");

const nothing =
  (what: string) =>
  (place: Place): Evidence => ({
    object: `namespace ${place.namespace}`,
    resourceVersion: null,
    result: "pass",
    says: `no ${what} there`,
  });
const noPods = nothing("pods");

const oneOf = (kind: "ResourceQuota" | "LimitRange", right: (object: LiveObject) => string | undefined): LiveCheck => ({
  kinds: [kind],
  look: (objects, { namespace }) => {
    const found = objects[kind].flatMap((object) => {
      const says = right(object);
      return says === undefined ? [] : [seen(object, [], says)];
    });
    return found.length > 0 ? found : [missing(`${kind} in ${namespace}`, "there is none")];
  },
});

/** By control, how what runs is looked at. */
export const liveChecks: Readonly<Record<string, LiveCheck>> = {
  "network-default-deny": {
    kinds: ["Namespace", "NetworkPolicy"],
    look: (objects, { namespace }) => {
      const closed = (policies: readonly LiveObject[]) =>
        namespaceDefaultDeny.judgeObjects([...objects.Namespace, ...policies], {}, { today: today() }).length === 0;
      const closing = objects.NetworkPolicy.filter((policy) => closed([policy]));
      if (closing.length > 0) return closing.map((policy) => seen(policy, [], "denies all that nobody allows"));
      const others = objects.NetworkPolicy.map(({ metadata }) => metadata.name).join(", ");
      return [missing(`NetworkPolicy in ${namespace}`, `none denies by default; there is ${others || "none at all"}`)];
    },
  },
  "resource-quota": oneOf("ResourceQuota", ({ spec }) => {
    const { hard } = spec as { hard?: Readonly<Record<string, string>> };
    return hard === undefined ? undefined : `${Object.keys(hard).length} limits, of ${Object.keys(hard).join(", ")}`;
  }),
  "limit-range": oneOf("LimitRange", ({ spec }) => {
    const { limits = [] } = spec as { limits?: readonly { type: string; default?: object }[] };
    return limits.some((limit) => limit.type === "Container" && limit.default !== undefined)
      ? "containers have defaults"
      : undefined;
  }),
  "pod-security": byPolicy("Namespace", namespacePodSecurity, ({ namespace }) =>
    missing(`Namespace ${namespace}`, "is not there"),
  ),
  "service-account-token": { kinds: ["ServiceAccount", "Pod"], look: tokenFaults },
  "rbac-roles": {
    kinds: ["Role", "RoleBinding"],
    look: (objects, { environment, namespace }) => {
      const { roles, bindings } = rbacObjects(
        { name: environment, namespace },
        { viewer: [], deployer: [], admin: [] },
      );
      const wanted = [...roles, ...bindings].map((expected) => {
        const { kind, metadata } = expected;
        const found = objects[kind].find(({ metadata: { name } }) => name === metadata.name);
        if (found === undefined) return missing(`${kind} ${namespace}/${metadata.name}`, "is not there");
        const field = kind === "Role" ? "rules" : "roleRef";
        const same = isDeepStrictEqual(found[field], (expected as unknown as LiveObject)[field]);
        return seen(found, same ? [] : [`${field} is not the platform's`], "as the platform makes it");
      });
      return wanted;
    },
  },
  "rbac-no-wildcards": byPolicy("Role", rbacNoWildcards, nothing("Roles")),
  "rbac-no-cluster-admin": { kinds: ["RoleBinding", "ClusterRoleBinding"], look: clusterAdmins },
  "image-pinned": byPolicy("Pod", imagePinned, noPods),
  "workload-non-root": byPolicy("Pod", workloadNonRoot, noPods),
  "workload-no-privileged": byPolicy("Pod", workloadNoPrivileged, noPods),
  "workload-no-host": byPolicy("Pod", workloadNoHost, noPods),
  "workload-resources": byPolicy("Pod", workloadResources, noPods),
};

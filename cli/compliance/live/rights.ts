import type { Evidence } from "../model.ts";
import type { Place } from "../places.ts";

import type { Objects } from "./checks.ts";
import { missing, seen } from "./evidence.ts";
import type { LiveObject } from "./read.ts";

interface PodSpec {
  readonly serviceAccountName?: string;
  readonly volumes?: readonly { readonly projected?: { readonly sources?: readonly object[] } }[];
}

/** The service account `default` hands out no token, and no pod has one of it. */
export function tokenFaults({ ServiceAccount, Pod }: Objects, { namespace }: Place): readonly Evidence[] {
  const account = ServiceAccount.find(({ metadata }) => metadata.name === "default");
  const closed = account?.["automountServiceAccountToken"] === false;
  const holders = Pod.filter(({ spec }) => {
    const { serviceAccountName = "default", volumes = [] } = spec as PodSpec;
    const token = volumes.some(({ projected }) => projected?.sources?.some((one) => "serviceAccountToken" in one));
    return serviceAccountName === "default" && token;
  });
  const wrong = ["automountServiceAccountToken is not false"];
  return [
    account === undefined
      ? missing(`ServiceAccount ${namespace}/default`, "is not there")
      : seen(account, closed ? [] : wrong, "mounts no token"),
    ...holders.map((pod) => seen(pod, ["has a token of the service account default"], "")),
  ];
}

interface Subject {
  readonly kind: string;
  readonly name: string;
}

/** As in the rule of admission: `system:` and `eks:` are components, but for the groups that hold everybody. */
function isPerson({ kind, name }: Subject): boolean {
  if (kind === "Group" && name.startsWith("system:serviceaccounts")) return true;
  if (["system:anonymous", "system:authenticated", "system:unauthenticated"].includes(name)) return true;
  return ["User", "Group"].includes(kind) && !name.startsWith("system:") && !name.startsWith("eks:");
}

const subjectsOf = (binding: LiveObject): readonly Subject[] =>
  (binding["subjects"] as readonly Subject[] | null | undefined) ?? [];
const words = (subjects: readonly Subject[]): string => subjects.map(({ kind, name }) => `${kind} ${name}`).join(", ");

/** Who has `cluster-admin`: in the namespace nobody may, in the whole cluster no person. */
export function clusterAdmins({ RoleBinding, ClusterRoleBinding }: Objects): readonly Evidence[] {
  const gives = (binding: LiveObject) => (binding["roleRef"] as { name?: string }).name === "cluster-admin";
  const local = RoleBinding.map((binding) => {
    const faults = gives(binding) ? [`gives cluster-admin to ${words(subjectsOf(binding))}`] : [];
    return seen(
      binding,
      faults,
      `gives ${(binding["roleRef"] as { name: string }).name} to ${words(subjectsOf(binding))}`,
    );
  });
  const whole = ClusterRoleBinding.filter(gives).map((binding) => {
    const people = subjectsOf(binding).filter(isPerson);
    const faults = people.length === 0 ? [] : [`gives cluster-admin to ${words(people)}`];
    return seen(binding, faults, `gives cluster-admin to ${words(subjectsOf(binding)) || "nobody"}, no person`);
  });
  return [...local, ...whole];
}

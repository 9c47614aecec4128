import { z } from "zod";

import { environmentNames } from "../environments.ts";
import type { Environment } from "../environments.ts";

import type { RuleProblem, Sound } from "./cross-check.ts";
import type { GitopsKind } from "./gitops.ts";
import { pattern } from "./scalar.ts";
import { dns1123Label } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** Parts of a stack's full name (pulumi/pulumi, pkg/backend/diy and httpstate; a self-managed backend has `organization`). */
const stackName = pattern(/^[A-Za-z0-9][\w.-]*\/[\w.-]+\/[\w.-]+$/, {
  noun: "the full name of a stack",
  allowed: "organization/project/stack; a self-managed backend has the organization `organization`",
  example: "organization/gitops-platform/prod",
});

const cluster = strictObject({
  /** Stack whose output `hubAccess` says how its cluster is reached. */
  stack: stackName,
  /** Environments of that stack that the Argo CD of this one delivers. */
  environments: z.array(z.enum(environmentNames)).min(1),
  /** Name of the cluster in this Argo CD. Default: the last part of `stack`. */
  name: dns1123Label.optional(),
});

/** Clusters of other stacks that the Argo CD of this one delivers to. */
export const clustersSchema = z.array(cluster);

export type ClustersConfig = Readonly<z.output<typeof clustersSchema>>;

/** Argo CD's own name of the cluster that it runs in (argo-cd v3.5.7, util/db/cluster.go). */
const ownCluster = "in-cluster";

/** Under which name Argo CD knows a cluster; destinations name it, so that a plan knows them before any cluster is there. */
export function clusterName({ stack, name }: ClustersConfig[number]): string {
  return name ?? stack.split("/").at(-1) ?? stack;
}

/** Environments of other stacks, in order. */
export function remoteEnvironments(clusters: ClustersConfig): Environment[] {
  return clusters.flatMap(({ environments }) => environments);
}

interface Stack {
  readonly environments: readonly Environment[];
  readonly gitops: GitopsKind;
  readonly clusters: ClustersConfig;
}

/** Each environment has one place, and each cluster one name. */
export function clustersRules(stack: Stack, sound: Sound): RuleProblem[] {
  if (!sound.outside("clusters")) return [];
  return [
    ...engineRules(stack, sound),
    ...nothingServed(stack, sound),
    ...placeRules(stack, sound),
    ...names(stack, sound),
  ];
}

function engineRules({ gitops, clusters }: Stack, sound: Sound): RuleProblem[] {
  if (clusters.length === 0 || !sound.whole("gitops") || gitops === "argocd") return [];
  const message =
    'are reached by an Argo CD alone; allowed with gitops "flux": none, each cluster has its own Flux; remove them';
  return [{ path: ["clusters"], message }];
}

/** A hub may serve nothing itself; a stack that is none has something to do in its own cluster. */
function nothingServed({ environments, clusters }: Stack, sound: Sound): RuleProblem[] {
  if (!sound.whole("environments") || environments.length > 0 || clusters.length > 0) return [];
  const message = "[] is too small; allowed: at least 1 entry; add what is missing";
  return [{ path: ["environments"], message }];
}

function placeRules({ environments, clusters }: Stack, sound: Sound): RuleProblem[] {
  const served = sound.whole("environments") ? environments : [];
  const places = new Map<Environment, string>(served.map((name) => [name, "this stack itself"]));
  return clusters.flatMap((entry, index) => {
    if (!sound.whole("clusters", index, "environments")) return [];
    const here = sound.whole("clusters", index, "stack") ? entry.stack : `clusters[${index}]`;
    return entry.environments.flatMap((environment, position) => {
      const other = places.get(environment);
      places.set(environment, other ?? here);
      if (other === undefined) return [];
      const message = `"${environment}" is served by ${other} already; allowed: each environment in one place; remove one`;
      return [{ path: ["clusters", index, "environments", position], message }];
    });
  });
}

function names({ clusters }: Stack, sound: Sound): RuleProblem[] {
  const stacks = new Map<string, number>();
  const used = new Map<string, number>();
  return clusters.flatMap((entry, index) => {
    const at = ["clusters", index];
    if (!sound.whole(...at, "stack") || !sound.whole(...at, "name")) return [];
    const same = stacks.get(entry.stack);
    stacks.set(entry.stack, same ?? index);
    if (same !== undefined) {
      const message = `"${entry.stack}" is listed already at index ${same}; allowed: one entry a stack; merge the two entries`;
      return [{ path: [...at, "stack"], message }];
    }
    const name = clusterName(entry);
    const first = used.get(name);
    used.set(name, first ?? index);
    const problem = nameProblem(name, first);
    return problem === undefined ? [] : [{ path: [...at, "name"], message: problem }];
  });
}

function nameProblem(name: string, first: number | undefined): string | undefined {
  const mend = "; allowed: a DNS-1123 label of its own; add a name";
  if (name === ownCluster) return `"${name}" is the cluster that Argo CD runs in${mend}`;
  if (first !== undefined) return `"${name}" is the name of the cluster at index ${first} already${mend}`;
  return dns1123Label.safeParse(name).success ? undefined : `"${name}" cannot be part of the name of a Secret${mend}`;
}

import type { ThrowAwayPlatform } from "../../support/platform.ts";

/** Something that points outside what its environment may. */
export type Stray =
  | { readonly kind: "namespace"; readonly namespace: string }
  | { readonly kind: "repository" }
  /** A manifest that Git has and the environment may not. */
  | { readonly kind: "manifest"; readonly manifest: "secret" | "cluster-role" | "role-binding" };

/** A command that a deployer must not be able to run, and the words of the refusal. */
export type Denied = readonly (readonly [what: string, args: readonly string[], message: string])[];

/** What differs between the engines where the same is to be shown of both. */
export interface EngineUnderTest {
  /** Lets app-staging go on, as a person does. */
  readonly approve: (on: ThrowAwayPlatform) => Promise<void>;
  /** Puts manifests into Git that no environment may have: before any stray of the kind `manifest`. */
  readonly pushStrayManifests: (on: ThrowAwayPlatform) => Promise<void>;
  /** Makes something that somebody with access to the cluster could make, and takes it away. @returns who refused it, how */
  readonly refused: (on: ThrowAwayPlatform, stray: Stray) => Promise<string>;
  /** What the refusal must say. */
  readonly words: (stray: Stray) => readonly string[];
  /** What a deployer may not do to the engine. */
  readonly denied: Denied;
  /** Service accounts of an environment before anything was delivered. */
  readonly accounts: readonly string[];
  /** The kinds that the platform makes for the engine. */
  readonly kinds: readonly string[];
  /** The kind that stands for an application. */
  readonly applications: string;
}

/** Name of everything that must not come to be. */
export const strayName = "stray";

const rbac = "rbac.authorization.k8s.io";

/** By their names in `Stray`. */
export const strayManifests = {
  "secret": { apiVersion: "v1", kind: "Secret", stringData: { taken: "yes" } },
  "cluster-role": { apiVersion: `${rbac}/v1`, kind: "ClusterRole", rules: [] },
  "role-binding": {
    apiVersion: `${rbac}/v1`,
    kind: "RoleBinding",
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ apiGroup: rbac, kind: "Group", name: "gitops-viewer" }],
  },
} as const;

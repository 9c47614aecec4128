/** Version of the JSON document. Raised when a field changes its meaning or goes. */
export const schemaVersion = 1;

/**
 * `blocking`: the upgrade breaks something or is not supported. `warning`: it works, and somebody has to act before it
 * no longer does. `unknown`: no source says it; never the same as fine. `fine`: looked at, and in order.
 */
export type Level = "blocking" | "warning" | "unknown" | "fine";

/** What a finding is about. */
export type Check = "skew" | "apis" | "crds" | "compatibility" | "add-ons" | "support";

/** One thing that was looked at. */
export interface Finding {
  readonly check: Check;
  readonly level: Level;
  /** The object, component or setting: `apps/app/overlays/dev: Ingress/app`. */
  readonly where: string;
  /** What was found there. */
  readonly what: string;
  /** What is allowed instead; absent for what is fine. */
  readonly allowed?: string;
  /** How to mend it; absent for what is fine. */
  readonly mend?: string;
  /** What says so; absent where nothing was found to say it. */
  readonly source?: string;
}

/** The answer of `gitops upgrade-check`. */
export interface Report {
  /** What was checked: `stack prod`, or the address of a cluster. */
  readonly subject: string;
  /** Version of the control plane now; undefined where a stack makes no cluster. */
  readonly from: string | undefined;
  readonly to: string;
  readonly findings: readonly Finding[];
}

/** An object with a place where a person finds it. */
export interface FoundObject {
  /** `apps/app/overlays/dev`, or `stack prod`. */
  readonly where: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** What a check looks at. */
export interface Facts {
  readonly subject: string;
  /** Version of the control plane; undefined where a stack makes no cluster. */
  readonly from: string | undefined;
  /** Kubelets of nodes, or node groups that a stack declares. */
  readonly nodes: readonly { readonly name: string; readonly version: string }[];
  /** Of the kubectl on this machine; undefined without one. */
  readonly kubectl: string | undefined;
  /** True for a cluster of EKS: its add-ons and its support dates count. */
  readonly eks: boolean;
  /** Everything that somebody writes: rendered overlays and the stack's own objects. */
  readonly objects: readonly FoundObject[];
  /** Definitions in the cluster; empty for a stack. */
  readonly definitions: readonly Definition[];
  /** Definitions that the upgrade will apply, from a file. */
  readonly newDefinitions: readonly Definition[];
  /** What could not be looked at, and why. */
  readonly gaps: readonly Finding[];
}

/** A CustomResourceDefinition, as far as upgrades need it. */
export interface Definition {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly deprecated?: boolean;
    }[];
  };
  readonly status?: { readonly storedVersions?: readonly string[] };
}

/** Version of the JSON document. Raised when a field changes its meaning or goes. */
export const schemaVersion = 1;

/** `blocking`: a deployment would fail, or take something away from what runs. `fine`: looked at, and in order. */
export type Level = "blocking" | "fine";

/** One thing that was looked at. */
export interface Finding {
  readonly level: Level;
  /** The object: `Application argocd/shop`. */
  readonly where: string;
  readonly what: string;
  /** How to mend it; absent for what is fine. */
  readonly mend?: string;
}

/** An object that the stack makes. */
export interface DeclaredObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined for what has none, or one that is cluster-wide. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What a stack would do to a cluster. */
export interface Declared {
  readonly objects: readonly DeclaredObject[];
  /** Whether it takes the rights from the AppProject `default`. */
  readonly neutralises: boolean;
  /** Charts that it installs; empty with `controllers: preinstalled`. */
  readonly charts: readonly string[];
}

/** The answer of `gitops adopt-check`. */
export interface Report {
  readonly stack: string;
  readonly findings: readonly Finding[];
}

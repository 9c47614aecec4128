/** The fields that are read here of Flux's objects (the CRDs of source-controller 1.9.6, kustomize-controller 1.9.5). */

export interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
  /** ISO 8601. */
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number;
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly generation: number;
  readonly resourceVersion?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface GitRepository {
  readonly metadata: Metadata;
  readonly spec: { readonly url: string; readonly suspend?: boolean; readonly ref?: { readonly branch?: string } };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly lastHandledReconcileAt?: string;
    /** `<branch>@sha1:<commit>`. */
    readonly artifact?: { readonly revision: string };
  };
}

export interface Kustomization {
  readonly metadata: Metadata;
  readonly spec: {
    readonly path?: string;
    readonly suspend?: boolean;
    readonly targetNamespace?: string;
    readonly sourceRef: { readonly kind: string; readonly name: string; readonly namespace?: string };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
    readonly lastAppliedRevision?: string;
    readonly lastAttemptedRevision?: string;
    readonly lastHandledReconcileAt?: string;
    /** Newest first, an entry for each different content. */
    readonly history?: readonly {
      readonly firstReconciled: string;
      readonly lastReconciled: string;
      readonly lastReconciledStatus: string;
      readonly metadata?: Readonly<Record<string, string>>;
    }[];
  };
}

/** The commit of a revision such as `develop@sha1:<40 digits>`; empty without one. */
export const commitOf = (revision: string | undefined): string => /sha\d+:([0-9a-f]+)$/.exec(revision ?? "")?.[1] ?? "";

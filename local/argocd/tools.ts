/** A program on this machine. */
export interface Binary {
  /** Absolute. */
  readonly path: string;
}

/** What Argo CD is made of: a part of what `ensureTools` gives. */
export interface ArgocdTools {
  /** One binary for every component; the name in ARGOCD_BINARY_NAME chooses. */
  readonly argocd: Binary;
  readonly redis: Binary;
  /** repo-server looks for this one and the next on PATH. */
  readonly kustomize: Binary;
  readonly helm: Binary;
  readonly kubectl: Binary;
  readonly files: {
    /** The folder with files of the Argo CD module, by their paths in it. */
    readonly argocd: string;
  };
}

/** A program on this machine. */
interface Binary {
  /** Absolute. */
  readonly path: string;
}

/** What KEDA is made of: a part of what `ensureTools` gives. */
export interface KedaTools {
  readonly operator: Binary;
  readonly adapter: Binary;
  /** Patches KEDA's CRDs as its own installation does. */
  readonly kustomize: Binary;
  /** Folder with files of the KEDA module, by their paths in it. */
  readonly files: { readonly keda: string };
}

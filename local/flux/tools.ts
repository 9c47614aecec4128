/** A program on this machine. */
interface Binary {
  /** Absolute. */
  readonly path: string;
}

/** What Flux is made of here: a part of what `ensureTools` gives. */
export interface FluxTools {
  readonly "source-controller": Binary;
  readonly "kustomize-controller": Binary;
  /** Folders with files of these modules, by their paths in them. */
  readonly "files": { readonly "source-controller": string; readonly "kustomize-controller": string };
}

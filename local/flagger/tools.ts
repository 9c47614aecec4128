/** A program on this machine. */
interface Binary {
  /** Absolute. */
  readonly path: string;
}

/** What Flagger is made of: a part of what `ensureTools` gives. */
export interface FlaggerTools {
  readonly flagger: Binary;
  readonly loadtester: Binary;
  /** The load tester calls it by this name. */
  readonly hey: Binary;
  /** Reads Flagger's own installation. */
  readonly kustomize: Binary;
  /** Folders with files of these modules, by their paths in them. */
  readonly files: { readonly "flagger": string; readonly "gateway-api": string };
}

/** What the launcher gives to the commands. */
export interface Host {
  /** Bundles, runs and returns the exports of an entry; see cli/bundle/load.mjs. */
  readonly loadBundle: <T>(options: {
    readonly name: string;
    readonly entry: string;
    readonly project?: string;
  }) => Promise<T>;
}

/** What to bundle. */
export interface BundleOptions {
  /** Names the bundle in the cache. */
  readonly name: string;
  /** TypeScript that imports from `gitops-package:<path>` (this checkout) and `gitops-project:<path>`. */
  readonly entry: string;
  /** The folder that `gitops-project:` stands for. Default: this checkout. */
  readonly project?: string;
}

/** A bundle on disk. */
export interface Bundle {
  /** Undefined when no cache folder can be written. */
  readonly file: string | undefined;
  /** CommonJS. */
  readonly code: string;
  readonly roots: { readonly package: string; readonly project: string };
}

/** The bundle of an entry, from the cache when no source, package or bundler changed. Throws esbuild's BuildFailure. */
export function bundle(options: BundleOptions): Promise<Bundle>;

/** Runs an entry's bundle in this process and returns what it exports. */
export function loadBundle<T = unknown>(options: BundleOptions): Promise<T>;

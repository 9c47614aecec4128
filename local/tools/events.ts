import type { ToolFolder } from "./manifest.ts";

interface OfFolder {
  readonly folder: ToolFolder;
  /** Such as "v3.6.5". */
  readonly version: string;
}

/** No build is needed: an earlier one is in the cache, or the user's own binaries are of the pinned version. */
export interface Found extends OfFolder {
  readonly kind: "found";
  readonly where: "cache" | "path";
}

/** Another start builds; this one goes on when it is done. */
export interface Waiting extends OfFolder {
  readonly kind: "waiting";
}

/** A build begins. */
export interface Building extends OfFolder {
  readonly kind: "building";
  /** Seconds this build should take when Go's caches are empty. */
  readonly expectedSeconds: number;
  /** Seconds for this build and all that follow. */
  readonly remainingSeconds: number;
  /** Absolute path of the file with Go's output. */
  readonly log: string;
}

/** A build is done. */
export interface Built extends OfFolder {
  readonly kind: "built";
  /** Seconds it took. */
  readonly seconds: number;
  /** Seconds for all builds that follow; 0 after the last. */
  readonly remainingSeconds: number;
}

/** What `ensureTools` reports. For each folder: found; or [waiting,] building, built; or waiting, found. */
export type ToolEvent = Found | Waiting | Building | Built;

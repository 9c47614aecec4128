import type { Freeze } from "./freeze.ts";

/** What windows depend on beside the configuration. */
export interface Calendar {
  /** Decides which holidays and freezes are ahead. */
  readonly now: Date;
  readonly freezes: readonly Freeze[];
}

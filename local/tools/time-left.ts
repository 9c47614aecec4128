import { toolSpec } from "./manifest.ts";
import type { ToolFolder } from "./manifest.ts";

/**
 * Expected seconds that weigh against the first measurement, so that one small build does not set the pace of all.
 * About the time of a middle-sized one.
 */
const priorSeconds = 60;

/** Estimates how long the builds to come take, from the manifest's figures and the pace of the builds so far. */
export class TimeLeft {
  readonly #pending: Set<ToolFolder>;
  #expected = priorSeconds;
  #taken = priorSeconds;

  constructor(folders: readonly ToolFolder[]) {
    this.#pending = new Set(folders);
  }

  /** Seconds for one folder, at the pace so far. */
  expect(folder: ToolFolder): number {
    return Math.round((toolSpec(folder).coldBuildSeconds * this.#taken) / this.#expected);
  }

  /** The folder needs no build after all. */
  skip(folder: ToolFolder): void {
    this.#pending.delete(folder);
  }

  /** The folder was built in `seconds`. */
  built(folder: ToolFolder, seconds: number): void {
    this.#pending.delete(folder);
    this.#expected += toolSpec(folder).coldBuildSeconds;
    this.#taken += seconds;
  }

  /** Seconds for everything that is not built yet. */
  remaining(): number {
    return [...this.#pending].reduce((sum, folder) => sum + this.expect(folder), 0);
  }
}

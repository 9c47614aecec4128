import type { Recording } from "../../rehearsal/record.ts";

import type { RenderedOverlay } from "./manifests/render.ts";
import type { Violation } from "./model.ts";

/** Judges what a plan found; nothing it says has been cleaned of secrets. */
export interface Judge {
  readonly stack: (recording: Recording) => Promise<readonly Violation[]>;
  readonly overlay: (overlay: RenderedOverlay) => Promise<readonly Violation[]>;
  /** Ends the process of the pack. */
  readonly close: () => Promise<void>;
}

/** Says nothing: `--no-policies`. */
export const silentJudge: Judge = {
  stack: () => Promise.resolve([]),
  overlay: () => Promise.resolve([]),
  close: () => Promise.resolve(),
};

/** Violations without secrets, mandatory ones first, in the order of their resources otherwise. */
export function clean(violations: readonly Violation[], secrets: readonly string[]): readonly Violation[] {
  const order = ["mandatory", "remediate", "advisory"];
  return violations
    .map((violation) => ({
      ...violation,
      message: secrets.reduce((text, word) => text.replaceAll(word, "[secret]"), violation.message),
    }))
    .sort((left, right) => order.indexOf(left.enforcement) - order.indexOf(right.enforcement));
}

import type { ApproveFlags } from "../commands/approve.ts";
import { exitCodes } from "../errors.ts";
import { interruptSignal } from "../plan/interrupt.ts";

import { approve } from "./approve.ts";
import { documentOf, textOf } from "./print.ts";
import { isDone } from "./result.ts";

/**
 * `gitops approve`.
 * @returns the exit code
 * @throws UsageError when the cluster or Git does not answer or refuses, or the interruption
 */
export async function runApprove(application: string, flags: ApproveFlags): Promise<number> {
  const { signal, release } = interruptSignal();
  try {
    // Progress is no result: `--json` is one document.
    const say = (words: string): void => console.error(words);
    const result = await approve({ ...flags, application, environment: flags.env }, { signal, say });
    for (const warning of result.warnings) console.error(`warning: ${warning}`);
    console.log(flags.json ? JSON.stringify(documentOf(result), null, 2) : textOf(result));
    return isDone(result) ? exitCodes.clean : exitCodes.violation;
  } finally {
    release();
  }
}

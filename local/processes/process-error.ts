import type { Layout } from "../layout.ts";

import { knownCause, logFile, logTail } from "./logs.ts";

/** A process that did not come up. The message names its log and shows the last lines of it. */
export class ProcessError extends Error {
  override readonly name = "ProcessError";
  /** Somebody else took its port between the choice and the start: choosing again helps. */
  readonly portTaken: boolean;

  private constructor(message: string, portTaken: boolean) {
    super(message);
    this.portTaken = portTaken;
  }

  /** A stranger listens on its port already. Said before the start, as the stranger might answer the probe. */
  static portTaken(process: string, use: string, port: number): ProcessError {
    return new ProcessError(`${process}: its port ${port} (${use}) was taken by another program; start again`, true);
  }

  /** @param what why it counts as failed, for example `ended with code 1 before it was ready` */
  static async of(layout: Layout, process: string, what: string): Promise<ProcessError> {
    const lines = await logTail(layout, process);
    const cause = knownCause(lines);
    const message = [
      `${process} ${what}${cause === undefined ? "" : `: ${cause.text}`}`,
      `its log is ${logFile(layout, process)}${lines.length === 0 ? " (empty)" : ", which ends:"}`,
      ...lines.map((line) => `  ${line}`),
    ].join("\n");
    return new ProcessError(message, cause?.kind === "port-taken");
  }
}

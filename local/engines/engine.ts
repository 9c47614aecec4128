import type { Layout } from "../layout.ts";

/** What an engine needs to put the Pulumi program on a control plane. */
export interface EngineContext {
  readonly layout: Layout;
  /** The stack file of this platform; see `writeStackFile`. */
  readonly stackFile: string;
  /** One line for a person who waits. */
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** `rehearsal` runs the program in this process; `pulumi` runs the real CLI with a state file of its own. */
export const engineNames = ["rehearsal", "pulumi"] as const;

export type EngineName = (typeof engineNames)[number];

/** Applies the program. Resolves to one line that says what was done. */
export type Engine = (context: EngineContext) => Promise<string>;

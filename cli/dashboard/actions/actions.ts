import type { z } from "zod";

import type { ActionName, ActionResponse } from "../model.ts";

import { argumentsOf } from "./arguments.ts";
import type { Target } from "./arguments.ts";
import { actionNames, requestSchemas } from "./requests.ts";
import { runCommand } from "./run-command.ts";

/** What the page may do: what the commands do, and nothing else. */
export interface Actions {
  readonly names: readonly ActionName[];
  /** Checks a request's shape; whether it is permitted is for the command to say. */
  readonly prepare: (name: ActionName, body: unknown) => Prepared;
}

export type Prepared =
  | { readonly success: true; readonly run: () => Promise<ActionResponse> }
  | { readonly success: false; readonly error: z.ZodError };

export interface ActionOptions {
  readonly target: Target;
  /** Ends a command that runs when the server ends. */
  readonly signal: AbortSignal;
  /** Default: the project's own command, in a process of its own. */
  readonly run?: typeof runCommand;
}

export function createActions({ target, signal, run = runCommand }: ActionOptions): Actions {
  return {
    names: actionNames,
    prepare: (name, body) => {
      const parsed = requestSchemas[name].safeParse(body);
      if (!parsed.success) return { success: false, error: parsed.error };
      // The request has the shape that belongs to the name: TypeScript cannot see that the two go together.
      const words = argumentsOf(name, parsed.data as never, target);
      return { success: true, run: async () => ({ version: 1, action: name, ...(await run(words, signal)) }) };
    },
  };
}

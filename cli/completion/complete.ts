import type { Command, Option } from "commander";

import { valuesOfArgument, valuesOfOption } from "./values.ts";
import { findOption, normalized, positionAfter, visibleCommands, visibleOptions } from "./words.ts";
import type { Position } from "./words.ts";

/** What a word may become. */
export interface Candidate {
  readonly value: string;
  /** Empty where the value says it. */
  readonly description: string;
}

/**
 * What the last word of a command line may become, by the tree of commands itself: nothing to keep up to date.
 * @param words without the name of the program; the last one is unfinished, and may be empty
 */
export function complete(program: Command, words: readonly string[]): readonly Candidate[] {
  const line = normalized(words);
  const current = line.at(-1) ?? "";
  const position = positionAfter(program, line.slice(0, -1));
  return candidates(program, position, current).filter(
    ({ value }) => value.startsWith(current) || value.startsWith(":"),
  );
}

function candidates(program: Command, position: Position, current: string): readonly Candidate[] {
  const { command, pending } = position;
  if (pending !== undefined && !(pending.optional && current.startsWith("-"))) return valuesOfOption(pending, position);
  const [, long] = /^(--[\w-]+)=/.exec(current) ?? [];
  if (long !== undefined) {
    const option = findOption(command, long);
    const values = option === undefined ? [] : valuesOfOption(option, position);
    return values.map(({ value, description }) => ({
      value: value.startsWith(":") ? value : `${long}=${value}`,
      description,
    }));
  }
  if (current.startsWith("-")) return options(position);
  if (command === program) {
    // What is no command has nothing to go on with.
    if (position.positionals.length > 0) return [];
    return visibleCommands(program).map((one) => ({ value: one.name(), description: one.description() }));
  }
  const argument = command.registeredArguments[position.positionals.length];
  return argument === undefined ? options(position) : valuesOfArgument(argument, position);
}

/** Those that are not there yet, or may come again. */
function options({ command, used }: Position): readonly Candidate[] {
  const repeatable = ({ defaultValue }: Option): boolean => Array.isArray(defaultValue);
  return visibleOptions(command).flatMap((option) =>
    option.long === undefined || option.long === null || (used.has(option) && !repeatable(option))
      ? []
      : [{ value: option.long, description: option.description }],
  );
}

import type { Command, Option } from "commander";

/** How far a command line has come. */
export interface Position {
  readonly command: Command;
  /** Words that are no options and no values of one. */
  readonly positionals: readonly string[];
  readonly used: ReadonlySet<Option>;
  /** The option whose value comes next. */
  readonly pending: Option | undefined;
  /** Values of options by their long name. */
  readonly values: ReadonlyMap<string, string>;
}

/** A command line as bash cuts it, "--env", "=", "prod", and as others do, "--env=prod", in the same words. */
export function normalized(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    if (word === "=" && index > 0) return index === words.length - 1 ? [""] : [];
    return /^--[\w-]+=/.test(word) && index < words.length - 1 ? splitAt(word) : [word];
  });
}

function splitAt(word: string): readonly string[] {
  const sign = word.indexOf("=");
  return [word.slice(0, sign), word.slice(sign + 1)];
}

/** Reads the finished words of a command line, as far as commander would understand them. */
export function positionAfter(program: Command, before: readonly string[]): Position {
  let command = program;
  let pending: Option | undefined;
  const positionals: string[] = [];
  const used = new Set<Option>();
  const values = new Map<string, string>();
  for (const word of before) {
    if (pending !== undefined && !(pending.optional && word.startsWith("-"))) {
      values.set(pending.long ?? "", word);
      pending = undefined;
      continue;
    }
    pending = undefined;
    const option = word.startsWith("-") ? findOption(command, word) : undefined;
    if (option !== undefined) {
      used.add(option);
      if (option.required || option.optional) pending = option;
    } else if (!word.startsWith("-")) {
      const inner = command === program ? visibleCommands(program).find((one) => one.name() === word) : undefined;
      if (inner === undefined) positionals.push(word);
      else command = inner;
    }
  }
  return { command, positionals, used, pending, values };
}

export const findOption = (command: Command, word: string): Option | undefined =>
  visibleOptions(command).find(({ long, short }) => long === word || short === word);

export const visibleOptions = (command: Command): readonly Option[] => command.createHelp().visibleOptions(command);

export const visibleCommands = (command: Command): readonly Command[] => command.createHelp().visibleCommands(command);

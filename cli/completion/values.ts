import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import type { Argument, Option } from "commander";

import { applicationFolders } from "../../infra/delivery/discovery.ts";
import { environmentNames } from "../../infra/environments.ts";
import { findProject } from "../plan/project.ts";

import type { Candidate } from "./complete.ts";
import type { Position } from "./words.ts";

/** What the value of an option may be; nothing where only a person knows. */
export function valuesOfOption(option: Option, position: Position): readonly Candidate[] {
  if (option.argChoices !== undefined) return plain(option.argChoices);
  const named = byName(option.attributeName(), position);
  if (named !== undefined) return named;
  // By what the help calls it.
  if (/[<[]file[>\]]/.test(option.flags)) return plain([":files"]);
  return /[<[](path|directory)[>\]]/.test(option.flags) ? plain([":directories"]) : [];
}

/** What an argument may be. */
export function valuesOfArgument(argument: Argument, position: Position): readonly Candidate[] {
  if (argument.argChoices !== undefined) return plain(argument.argChoices);
  if (argument.name() === "file") return plain([":files"]);
  return byName(argument.name(), position) ?? [];
}

function byName(name: string, { values }: Position): readonly Candidate[] | undefined {
  const start = resolve(values.get("--directory") ?? ".");
  switch (name) {
    case "env":
      return plain(environmentNames);
    case "app":
    case "application":
      return plain(applicationsAbove(start));
    case "stack":
      return plain(stacksAbove(start));
    default:
      return undefined;
  }
}

const plain = (values: readonly string[]): readonly Candidate[] => values.map((value) => ({ value, description: "" }));

function applicationsAbove(start: string): readonly string[] {
  for (let directory = start; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "apps"))) return applicationFolders(directory);
    if (dirname(directory) === directory) return [];
  }
}

/** Who only looks for a word is told nothing about what is wrong with the project. */
function stacksAbove(start: string): readonly string[] {
  try {
    return findProject(existsSync(join(start, "Pulumi.yaml")) ? start : undefined).stacks;
  } catch {
    return [];
  }
}

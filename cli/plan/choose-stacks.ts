import { UsageError } from "../errors.ts";

import type { Project } from "./project.ts";

/** What the user said about stacks. */
export interface StackChoice {
  readonly argument: string | undefined;
  readonly options: readonly string[];
  readonly all: boolean;
}

/**
 * The stacks to plan, in the order given, each once.
 * @throws UsageError for unknown ones, and when several could be meant
 */
export function chooseStacks(project: Project, { argument, options, all }: StackChoice): readonly string[] {
  const named = [...new Set([...(argument === undefined ? [] : [argument]), ...options])];
  const known = project.stacks.join(", ") || "none; add Pulumi.<stack>.yaml";
  if (all && named.length > 0) {
    throw new UsageError(`--all and "${named.join('", "')}" were both given; keep one of them`);
  }
  const unknown = named.filter((name) => !project.stacks.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`no stack "${unknown.join('", "')}" in ${project.directory}; stacks here: ${known}`);
  }
  if (named.length > 0) return named;
  if (project.stacks.length === 0) throw new UsageError(`no stacks in ${project.directory}; add Pulumi.<stack>.yaml`);
  if (all || project.stacks.length === 1) return project.stacks;
  throw new UsageError(`which stack? give one of ${known}, several with --stack, or --all`);
}

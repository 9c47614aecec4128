import { resolve } from "node:path";

import { RehearsalError } from "./errors.ts";
import { formatKey, parseKey } from "./stack-config/key.ts";
import { readProjectFile, type Declaration, type ProjectFile } from "./stack-config/project-file.ts";
import { readConfigMap, readStackFile, stackFilePath, type ConfigMap } from "./stack-config/stack-file.ts";
import { contentOf, hasType, typeName } from "./stack-config/types.ts";
import type { ConfigValue } from "./stack-config/value.ts";

export { secret, secretPlaceholder } from "./stack-config/value.ts";

/** Which stack to read, and what to read instead of its file. */
export interface StackOptions {
  /** The stack's name, as in Pulumi.<stack>.yaml. */
  readonly stack: string;
  /** The directory that holds Pulumi.yaml. Default: the current directory. */
  readonly project?: string | undefined;
  /** Another stack file, relative to the current directory; false reads none. Default: Pulumi.<stack>.yaml. */
  readonly stackFile?: string | false | undefined;
  /** Values that take the place of the file's, by the same keys; undefined removes a key. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

/** A stack's configuration as the language host hands it to a program. */
export interface StackConfig {
  readonly project: ProjectFile;
  readonly stack: string;
  /** Text by full key (`namespace:name`); structured values are JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** The full keys that hold a secret, sorted. */
  readonly secretKeys: readonly string[];
}

/**
 * Reads a stack's configuration as the engine does (pulumi/pulumi, pkg/workspace/config.go,
 * ValidateStackConfigAndApplyProjectConfig): the stack's values, then the project's defaults, then the checks of the
 * declared types. Keys that the project does not declare pass, as they do there. Secrets stay closed.
 *
 * @throws RehearsalError for everything that the engine refuses; all problems of one stack at once.
 */
export function readStackConfig(options: StackOptions): StackConfig {
  const project = readProjectFile(resolve(options.project ?? "."));
  const source = options.stackFile === false ? "config" : (options.stackFile ?? stackFilePath(project, options.stack));
  const config: ConfigMap =
    options.stackFile === false ? new Map<string, ConfigValue>() : readStackFile(project, resolve(source));
  override(config, options.config ?? {}, project.name);

  const problems: string[] = [];
  for (const [declared, declaration] of [...project.declarations].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const problem = applyDeclaration(config, project, declared, declaration);
    if (problem !== undefined) problems.push(`  ${declared}: ${problem}`);
  }
  if (problems.length > 0) {
    throw new RehearsalError(`stack "${options.stack}" (${source}):\n${problems.join("\n")}`);
  }
  const entries = [...config].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    project,
    stack: options.stack,
    values: Object.fromEntries(entries.map(([key, value]) => [key, value.text])),
    secretKeys: entries.filter(([, value]) => value.secure).map(([key]) => key),
  };
}

function override(config: ConfigMap, given: Readonly<Record<string, unknown>>, project: string): void {
  for (const [key, raw] of Object.entries(given)) {
    if (raw === undefined) config.delete(formatKey(parseKey(key, project, "config")));
    else for (const [full, value] of readConfigMap({ [key]: raw }, project, "overrides")) config.set(full, value);
  }
}

/** Fills in a default and checks the type; returns what is wrong. */
function applyDeclaration(
  config: ConfigMap,
  project: ProjectFile,
  declared: string,
  { type, items, secret, fallback }: Declaration,
): string | undefined {
  const key = formatKey(parseKey(declared, project.name, project.file));
  const value = config.get(key) ?? fallback;
  if (value === undefined) return "is missing; the project declares it without a default";
  config.set(key, value);
  if (type === undefined) return undefined;
  if (secret && !value.secure) return "is declared secret and must be encrypted: pulumi config set --secret";
  // The engine checks the decrypted text. Nothing is decrypted here, so a scalar secret's type stays unchecked.
  if (value.secure && !value.object) return undefined;
  if (hasType(contentOf(value), type, items)) return undefined;
  const shown = value.text.length > 80 ? `${value.text.slice(0, 80)}...` : value.text;
  return `must be of type ${typeName(type, items)}; given: ${value.secure ? "a secret" : shown || '""'}`;
}

import { readdirSync } from "node:fs";
import { dirname, extname, join } from "node:path";

import { RehearsalError } from "../errors.ts";

import { formatKey, parseKey } from "./key.ts";
import type { ProjectFile } from "./project-file.ts";
import { toConfigValue, type ConfigValue } from "./value.ts";
import { readMapping, type Mapping } from "./yaml-file.ts";

/** The configuration of one stack by full key (`namespace:name`). */
export type ConfigMap = Map<string, ConfigValue>;

/** Where the engine keeps a stack's file (pulumi/pulumi, sdk/go/common/workspace/paths.go): `/` in a name becomes `-`. */
export function stackFilePath(project: ProjectFile, stack: string): string {
  const folder = join(dirname(project.file), project.stackConfigDir ?? ".");
  return join(folder, `Pulumi.${stack.replaceAll("/", "-")}${extname(project.file)}`);
}

/**
 * Reads the `config:` of a stack file.
 *
 * @throws RehearsalError when the file is absent (a mistyped stack must not silently be an empty one), or when it
 *   imports ESC environments, which only the Pulumi service can open.
 */
export function readStackFile(project: ProjectFile, file: string): ConfigMap {
  const content = readMapping(file);
  if (content === undefined) {
    throw new RehearsalError(`${file}: no such stack file; ${existingStacks(dirname(file))}`);
  }
  if (content["environment"] !== undefined) {
    throw new RehearsalError(`${file}: environment: needs the Pulumi service; write the values under config: instead`);
  }
  const config = content["config"] ?? {};
  if (typeof config !== "object" || Array.isArray(config)) {
    throw new RehearsalError(`${file}: config: expected a mapping of keys to values`);
  }
  return readConfigMap(config as Mapping, project.name, file);
}

/** Turns keys and raw values, of a file or from memory, into full keys and engine values. */
export function readConfigMap(config: Mapping, project: string, source: string): ConfigMap {
  const entries = Object.entries(config).map(([key, raw]): [string, ConfigValue] => {
    return [formatKey(parseKey(key, project, source)), toConfigValue(raw, `${source}: config.${key}`)];
  });
  return new Map(entries);
}

function existingStacks(folder: string): string {
  try {
    const stacks = readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.(ya?ml|json)$/.exec(name)?.[1] ?? []);
    return stacks.length > 0 ? `stacks here: ${stacks.sort().join(", ")}` : "there are no stack files here";
  } catch {
    return `there is no folder "${folder}"`;
  }
}

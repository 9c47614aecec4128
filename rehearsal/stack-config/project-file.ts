import { existsSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { RehearsalError } from "../errors.ts";

import { hasType, simpleTypes, typeName } from "./types.ts";
import type { ItemsType } from "./types.ts";
import { toConfigValue, type ConfigValue } from "./value.ts";
import { readMapping } from "./yaml-file.ts";

/** One key under `config:` of Pulumi.yaml, after the engine's short forms are written out. */
export interface Declaration {
  readonly type?: string | undefined;
  readonly items?: ItemsType | undefined;
  readonly secret: boolean;
  /** The `default` of a key of this project, or the `value` of a key of another namespace. */
  readonly fallback?: ConfigValue | undefined;
}

/** What rehearsal needs of a Pulumi.yaml. */
export interface ProjectFile {
  readonly file: string;
  readonly name: string;
  /** The entry point, relative to the project; undefined when package.json decides. */
  readonly main?: string | undefined;
  /** The folder of the stack files, relative to the project. */
  readonly stackConfigDir?: string | undefined;
  readonly declarations: ReadonlyMap<string, Declaration>;
}

const itemsSchema: z.ZodType<ItemsType> = z.lazy(() =>
  z.object({ type: z.enum(simpleTypes), items: itemsSchema.optional() }),
);

/** pulumi/pulumi, sdk/go/common/workspace/project.json, configTypeDeclaration. */
const declarationSchema = z.strictObject({
  type: z.enum(simpleTypes).optional(),
  items: itemsSchema.optional(),
  description: z.string().optional(),
  secret: z.boolean().optional(),
  default: z.unknown().optional(),
  value: z.unknown().optional(),
});

const projectSchema = z.object({
  name: z.string().min(1),
  main: z.string().optional(),
  stackConfigDir: z.string().optional(),
  config: z.union([z.record(z.string(), z.unknown()), z.string(), z.null()]).optional(),
});

/**
 * Reads and checks the Pulumi.yaml (or .yml, .json) of a directory.
 *
 * @throws RehearsalError when there is none or when the engine would refuse it.
 */
export function readProjectFile(directory: string): ProjectFile {
  const file = ["yaml", "yml", "json"].map((ending) => join(directory, `Pulumi.${ending}`)).find(existsSync);
  if (file === undefined) throw new RehearsalError(`${directory}: no Pulumi.yaml; give the directory of a project`);
  const parsed = projectSchema.safeParse(readMapping(file));
  if (!parsed.success) throw new RehearsalError(`${file}: ${z.prettifyError(parsed.error)}`);
  const { name, main, config } = parsed.data;
  // `config: <path>` is the old spelling of stackConfigDir.
  const stackConfigDir = typeof config === "string" ? config : parsed.data.stackConfigDir;
  const declarations = new Map<string, Declaration>();
  for (const [key, raw] of Object.entries(typeof config === "object" ? (config ?? {}) : {})) {
    declarations.set(key, readDeclaration(file, name, key, raw));
  }
  return { file, name, main, stackConfigDir, declarations };
}

/** The rules of pulumi/pulumi, sdk/go/common/workspace/project.go: RewriteShorthandConfigValues and Validate. */
function readDeclaration(file: string, project: string, key: string, raw: unknown): Declaration {
  const where = `${file}: config.${key}`;
  if (/[.["\]]/.test(key)) throw new RehearsalError(`${where}: a path cannot be declared; declare the whole object`);
  const own = !key.includes(":") || key.startsWith(`${project}:`);
  const short = ["string", "boolean"].includes(typeof raw) || Number.isInteger(raw) || Array.isArray(raw);
  const parsed = declarationSchema.safeParse(short ? { [own ? "default" : "value"]: raw } : raw);
  if (!parsed.success) throw new RehearsalError(`${where}: ${z.prettifyError(parsed.error)}`);
  const { type, items, secret = false, default: fallback, value } = parsed.data;
  const hasDefault = fallback !== undefined && fallback !== null;
  const hasValue = value !== undefined && value !== null;
  if (hasDefault && hasValue) throw new RehearsalError(`${where}: has both a default and a value; keep one`);
  if (!own) {
    const advice = `"${key}" is not of the project "${project}", so it may only have a value`;
    if (type !== undefined || hasDefault || !hasValue) throw new RehearsalError(`${where}: ${advice}`);
  }
  if (type === "array" && items === undefined) {
    throw new RehearsalError(`${where}: an array needs the type of its items: items: { type: string }`);
  }
  const given = hasDefault ? fallback : hasValue ? value : undefined;
  if (type !== undefined && hasDefault && !hasType(fallback, type, items)) {
    const shown = JSON.stringify(fallback);
    throw new RehearsalError(`${where}.default: ${shown} is not of the declared type ${typeName(type, items)}`);
  }
  return { type, items, secret, fallback: given === undefined ? undefined : toConfigValue(given, where) };
}

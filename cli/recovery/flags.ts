import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";

import { applyEdits, modify, parse as parseJson } from "jsonc-parser";
import { isMap, isScalar, parseAllDocuments, parseDocument } from "yaml";

import { kustomizationFile } from "./annotate.ts";

/** The key of the ConfigMap `<application>-flags` that holds the definitions, as flagd reads them. */
const key = "flags.json";

/** Where the definitions of an overlay's flags are written. */
export interface FlagsFile {
  readonly path: string;
  readonly read: () => Promise<string>;
  readonly write: (json: string) => Promise<void>;
}

const asFile = (path: string): FlagsFile => ({
  path,
  read: () => readFile(path, "utf8"),
  write: (json) => writeFile(path, json),
});

/** A ConfigMap with the definitions as a block of text, in a document of a YAML file. */
async function inManifest(path: string, name: string): Promise<FlagsFile | undefined> {
  const documents = parseAllDocuments(await readFile(path, "utf8"));
  if (!Array.isArray(documents)) return undefined;
  const document = documents.find(
    (each) => isMap(each.contents) && each.get("kind") === "ConfigMap" && each.getIn(["metadata", "name"]) === name,
  );
  const scalar = document?.getIn(["data", key], true);
  if (!isScalar(scalar) || typeof scalar.value !== "string") return undefined;
  const text = scalar.value;
  return {
    path,
    read: () => Promise.resolve(text),
    write: async (json) => {
      scalar.value = json;
      await writeFile(path, documents.map((each) => each.toString({ lineWidth: 0 })).join(""));
    },
  };
}

/** The file that an entry of a configMapGenerator takes the key from. */
async function generated(kustomization: string, name: string): Promise<FlagsFile | undefined> {
  const content = parseDocument(await readFile(kustomization, "utf8")).toJS() as {
    readonly configMapGenerator?: readonly { readonly name?: string; readonly files?: readonly string[] }[];
  } | null;
  const files = content?.configMapGenerator?.find((entry) => entry.name === name)?.files ?? [];
  for (const entry of files) {
    const [left = "", right] = entry.split("=", 2);
    const [named, source] = right === undefined ? [posix.basename(left), left] : [left, right];
    const path = join(dirname(kustomization), source);
    if (named === key && existsSync(path)) return asFile(path);
  }
  return undefined;
}

/** Finds the definitions in an overlay itself: never in its base, which other environments have too. */
export async function findFlags(overlay: string, application: string): Promise<FlagsFile | undefined> {
  const name = `${application}-flags`;
  const kustomization = kustomizationFile(overlay);
  const found = kustomization === undefined ? undefined : await generated(kustomization, name);
  if (found !== undefined) return found;
  for (const file of (await readdir(overlay)).sort()) {
    if (!/\.ya?ml$/.test(file)) continue;
    const manifest = await inManifest(join(overlay, file), name);
    if (manifest !== undefined) return manifest;
  }
  return undefined;
}

interface Definitions {
  readonly flags?: Readonly<
    Record<
      string,
      {
        readonly state?: string;
        readonly variants?: Readonly<Record<string, unknown>>;
        readonly defaultVariant?: string;
        readonly targeting?: object;
      }
    >
  >;
}

/** A flag that can be switched: what it is now, and the text with it switched. */
export interface Switch {
  readonly on: boolean;
  readonly switched: (on: boolean) => string;
}

/**
 * Looks at a flag as flagd's definitions have it (flagd.dev, "Flag Definitions"): a boolean, enabled, and without
 * targeting rules, which would win over the default that is switched here. The rest of the text stays as it is.
 * @throws Error that says why the flag cannot be switched
 */
export function flagSwitch(text: string, flag: string): Switch {
  const definition = (parseJson(text) as Definitions | undefined)?.flags?.[flag];
  if (definition === undefined) throw new Error(`flag "${flag}" is not defined`);
  if (definition.state !== "ENABLED") throw new Error(`flag "${flag}" is ${definition.state ?? "without a state"}`);
  if (definition.targeting !== undefined && Object.keys(definition.targeting).length > 0) {
    throw new Error(`flag "${flag}" has targeting rules, which win over its default`);
  }
  const variants = Object.entries(definition.variants ?? {});
  const variant = (value: boolean): string => {
    const found = variants.find(([, held]) => held === value)?.[0];
    if (found === undefined) throw new Error(`flag "${flag}" has no variant that is ${value}`);
    return found;
  };
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const [yes, no] = [variant(true), variant(false)];
  return {
    on: definition.defaultVariant === yes,
    switched: (on) =>
      applyEdits(text, modify(text, ["flags", flag, "defaultVariant"], on ? yes : no, { formattingOptions })),
  };
}

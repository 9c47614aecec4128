import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";
import { execa } from "execa";
import { parseAllDocuments } from "yaml";

import { root } from "../support/kustomize.ts";
import type { Manifest } from "../support/kustomize.ts";

type Json = Record<string, unknown>;

/** Where Go keeps a module that a tool of the local platform is built from, in the version that it pins. */
async function moduleFolder(tool: string, module: string): Promise<string> {
  const { stdout } = await execa("go", ["mod", "download", "-json", module], {
    cwd: join(root, "local/tools", tool),
  });
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}

/** The OpenAPI v3 documents that the API server of the local platform publishes, from its own module. */
async function openApiFolder(): Promise<string> {
  return join(await moduleFolder("kubernetes", "k8s.io/kubernetes"), "api/openapi-spec/v3");
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Json } }[];
  };
}

/** Schemas of the custom resources, by apiVersion and kind, from the CRDs that the local platform applies. */
async function customSchemas(): Promise<ReadonlyMap<string, Json>> {
  const files = [
    join(await moduleFolder("flagger", "github.com/fluxcd/flagger"), "artifacts/flagger/crd.yaml"),
    join(await moduleFolder("keda", "github.com/kedacore/keda/v2"), "config/crd/bases/keda.sh_scaledobjects.yaml"),
  ];
  const definitions = files.flatMap((file) =>
    parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS() as Definition | null),
  );
  return new Map(
    definitions
      .filter((definition) => definition !== null)
      .flatMap(({ spec }) =>
        spec.versions.map(({ name, schema }) => [`${spec.group}/${name} ${spec.names.kind}`, schema.openAPIV3Schema]),
      ),
  );
}

/**
 * Checks objects against the schemas of the pinned Kubernetes, Flagger and KEDA. An unknown field is a problem, as it is to the API
 * server's strict field validation.
 * @returns a function from an object to its problems, empty when it is valid
 */
export async function schemaChecker(): Promise<(manifest: Manifest) => readonly string[]> {
  const [folder, custom] = await Promise.all([openApiFolder(), customSchemas()]);
  const validators = new Map<string, ValidateFunction>();
  return (manifest) => {
    const key = `${manifest.apiVersion} ${manifest.kind}`;
    const validate = validators.get(key) ?? compile(folder, manifest, custom.get(key));
    validators.set(key, validate);
    // Not `if (validate(...))`: it is a type guard, and would leave the manifest without a type.
    validate(manifest);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${manifest.kind} ${manifest.metadata.name}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

function compile(folder: string, { apiVersion, kind }: Manifest, custom: Json | undefined): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  if (custom !== undefined) return ajv.compile(closed(custom));
  const file = `${apiVersion.includes("/") ? "apis" : "api"}__${apiVersion.replace("/", "__")}_openapi.json`;
  const document = JSON.parse(readFileSync(join(folder, file), "utf8")) as { components: { schemas: Json } };
  const version = apiVersion.split("/").at(-1);
  const name = Object.keys(document.components.schemas).find((schema) => schema.endsWith(`.${version}.${kind}`));
  if (name === undefined) throw new Error(`Kubernetes has no ${apiVersion} ${kind}`);
  return ajv.compile({ ...closed(document), $ref: `#/components/schemas/${name}` });
}

/** The same schemas, with every object that lists its properties closed to others. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== "object" || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value as unknown)]));
  const lists = copy["type"] === "object" && typeof copy["properties"] === "object";
  return (lists ? { additionalProperties: false, ...copy } : copy) as T;
}

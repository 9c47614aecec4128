import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";
import { execa } from "execa";

import { root } from "../support/kustomize.ts";
import type { Manifest } from "../support/kustomize.ts";

type Json = Record<string, unknown>;

/** The OpenAPI v3 documents that the API server of the local platform publishes, from its own module. */
async function openApiFolder(): Promise<string> {
  const { stdout } = await execa("go", ["mod", "download", "-json", "k8s.io/kubernetes"], {
    cwd: join(root, "local/tools/kubernetes"),
  });
  return join((JSON.parse(stdout) as { Dir: string }).Dir, "api/openapi-spec/v3");
}

/**
 * Checks objects against the schemas of the pinned Kubernetes. An unknown field is a problem, as it is to the API
 * server's strict field validation.
 * @returns a function from an object to its problems, empty when it is valid
 */
export async function schemaChecker(): Promise<(manifest: Manifest) => readonly string[]> {
  const folder = await openApiFolder();
  const validators = new Map<string, ValidateFunction>();
  return (manifest) => {
    const key = `${manifest.apiVersion} ${manifest.kind}`;
    const validate = validators.get(key) ?? compile(folder, manifest);
    validators.set(key, validate);
    // Not `if (validate(...))`: it is a type guard, and would leave the manifest without a type.
    validate(manifest);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${manifest.kind} ${manifest.metadata.name}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

function compile(folder: string, { apiVersion, kind }: Manifest): ValidateFunction {
  const file = `${apiVersion.includes("/") ? "apis" : "api"}__${apiVersion.replace("/", "__")}_openapi.json`;
  const document = JSON.parse(readFileSync(join(folder, file), "utf8")) as { components: { schemas: Json } };
  const version = apiVersion.split("/").at(-1);
  const name = Object.keys(document.components.schemas).find((schema) => schema.endsWith(`.${version}.${kind}`));
  if (name === undefined) throw new Error(`Kubernetes has no ${apiVersion} ${kind}`);
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
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

import { readFile } from "node:fs/promises";

import { UsageError } from "../errors.ts";

import { inputsOfResources } from "./from-resources.ts";
import { isOldName, mappingOf } from "./inputs/index.ts";
import { isRecord } from "./inputs/mapping.ts";
import type { ModuleMajor, Source, TerraformResource } from "./model.ts";

/**
 * Reads a state or a plan as `terraform show -json` prints it, or variables as JSON.
 * Format: developer.hashicorp.com, "JSON Output Format": a state has `values`, a plan `prior_state` (and
 * `planned_values`, which name no ids).
 * @throws UsageError for anything else, and where a state holds not exactly one EKS cluster
 */
export async function readSource(file: string): Promise<Source> {
  const document = await readJson(file);
  if (!isRecord(document)) throw new UsageError(`"${file}": no JSON object; ${allowed}`);
  if (document["format_version"] === undefined) {
    if (document["terraform_version"] !== undefined && document["lineage"] !== undefined) {
      throw new UsageError(`"${file}": a raw state file; give what \`terraform show -json ${file}\` prints`);
    }
    return fromVariables(file, document);
  }
  const prior = document["prior_state"];
  const plan = document["planned_values"] !== undefined;
  const values = plan ? (isRecord(prior) ? prior["values"] : undefined) : document["values"];
  const resources = isRecord(values) ? resourcesOf(values["root_module"]) : [];
  const clusters = resources.filter(({ type }) => type === "aws_eks_cluster").map(({ address }) => address);
  if (clusters.length !== 1) {
    const found =
      clusters.length === 0 ? "no aws_eks_cluster that exists" : `${clusters.length} (${clusters.join(", ")})`;
    throw new UsageError(`"${file}": holds ${found}; allowed: one cluster; give the state of the module for it`);
  }
  return { kind: plan ? "plan" : "state", major: 21, inputs: inputsOfResources(resources), resources };
}

const allowed =
  "allowed: what `terraform show -json` prints of a state or plan, or a .tfvars.json of the module's inputs";

async function readJson(file: string): Promise<unknown> {
  const content = await readFile(file, "utf8").catch((error: Error) => {
    throw new UsageError(`"${file}": cannot be read (${error.message}); ${allowed}`);
  });
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    throw new UsageError(`"${file}": no JSON (${(error as Error).message}); ${allowed}`);
  }
}

function fromVariables(file: string, variables: Readonly<Record<string, unknown>>): Source {
  const names = Object.keys(variables);
  if (!names.some((name) => mappingOf(name) !== undefined)) {
    throw new UsageError(`"${file}": no input of terraform-aws-modules/eks in it; ${allowed}`);
  }
  const major: ModuleMajor = names.some(isOldName) ? 20 : 21;
  const inputs = names.map((name): [string, unknown] => {
    const row = mappingOf(name);
    return [row === undefined || row.name.endsWith("*") ? name : row.name, variables[name]];
  });
  return { kind: "tfvars", major, inputs: Object.fromEntries(inputs), resources: [] };
}

/** Managed resources of a module and of those within it; data sources make nothing. */
function resourcesOf(module: unknown): readonly TerraformResource[] {
  if (!isRecord(module)) return [];
  const list = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);
  const own = list(module["resources"])
    .filter(({ mode }) => mode === "managed")
    .map(({ address, type, values }) => ({
      address: String(address),
      type: String(type),
      values: isRecord(values) ? values : {},
    }));
  return [...own, ...list(module["child_modules"]).flatMap(resourcesOf)];
}

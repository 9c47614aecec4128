import type { EnforcementLevel, Policy } from "@pulumi/policy";

import { fields, list, quote } from "./model/values.ts";
import type { Fields } from "./model/values.ts";

/** A policy pack's configuration as the CLI reads it: a level, or settings and a level, by policy or for `all`. */
export type PackConfig = Readonly<Record<string, EnforcementLevel | Fields>>;

/** Level and settings of one policy. */
export interface PolicyConfig {
  readonly level: EnforcementLevel;
  readonly settings: Fields;
}

const levels: readonly string[] = ["advisory", "mandatory", "remediate", "disabled"] satisfies EnforcementLevel[];

/** What is in the file and cannot be; each with the place. */
export class PackConfigError extends Error {}

/**
 * Levels and settings by policy: defaults first, then `all`, then the policy's own; as the engine merges them
 * (pulumi/pulumi, pkg/resource/analyzer/config.go, ReconcilePolicyPackConfig), which also refuses what the schemas do.
 * @throws PackConfigError that names every fault
 */
export function reconcile(policies: readonly Policy[], config: PackConfig): ReadonlyMap<string, PolicyConfig> {
  const problems: string[] = [];
  const all = levelOf("all", config["all"], problems);
  const known = new Set(["all", ...policies.map(({ name }) => name)]);
  for (const name of Object.keys(config)) if (!known.has(name)) problems.push(`${name} is not a policy`);
  const merged = policies.map((policy): [string, PolicyConfig] => {
    const given = config[policy.name];
    const level = levelOf(policy.name, given, problems) ?? all ?? policy.enforcementLevel ?? "advisory";
    const { enforcementLevel: _, ...own } = typeof given === "string" ? {} : fields(given);
    const schemas = policy.configSchema?.properties ?? {};
    for (const [key, value] of Object.entries(own)) {
      const fault = schemas[key] === undefined ? "is not a setting" : faultOf(value, fields(schemas[key]));
      if (fault !== undefined) problems.push(`${policy.name}.${key} ${fault}`);
    }
    const defaults = Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, schema.default]));
    return [policy.name, { level, settings: { ...defaults, ...own } }];
  });
  if (problems.length > 0) throw new PackConfigError(`policy configuration: ${problems.join("; ")}`);
  return new Map(merged);
}

function levelOf(name: string, given: unknown, problems: string[]): EnforcementLevel | undefined {
  const level = typeof given === "string" ? given : fields(given)["enforcementLevel"];
  if (level === undefined) return undefined;
  if (typeof level === "string" && levels.includes(level)) return level as EnforcementLevel;
  problems.push(`the level of ${name} is ${quote(level)}, not one of ${levels.join(", ")}`);
  return undefined;
}

/** The keywords of JSON schema that our policies use. */
function faultOf(value: unknown, schema: Fields): string | undefined {
  const { type, minimum, maximum } = schema;
  if (!isOfType(value, type)) return `is ${quote(value)}, not of type ${String(type)}`;
  const allowed = list(schema["enum"]);
  if (allowed.length > 0 && !allowed.includes(value))
    return `is ${quote(value)}, none of ${allowed.map(quote).join(", ")}`;
  if (typeof value === "number" && typeof minimum === "number" && value < minimum)
    return `is ${value}, below ${minimum}`;
  if (typeof value === "number" && typeof maximum === "number" && value > maximum)
    return `is ${value}, above ${maximum}`;
  const items = fields(schema["items"]);
  return list(value)
    .map((item) => faultOf(item, items))
    .find((fault) => fault !== undefined);
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === undefined) return true;
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

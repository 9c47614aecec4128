import type { EnforcementLevel, Policy, PolicyConfigSchema, Severity } from "@pulumi/policy";

import type { FrameworkReference } from "./framework.ts";
import type { Fields } from "./values.ts";

type Schema = PolicyConfigSchema["properties"][string];

/** One setting of a policy: its JSON schema, always with a default. */
export type Setting = Schema & { readonly description: string; readonly default: NonNullable<Schema["default"]> };

/** What every policy says of itself. */
export interface Facts {
  /** Unique, kebab-case; what configuration files and waivers name. */
  readonly name: string;
  /** What has to be so, in a sentence. */
  readonly description: string;
  readonly severity: Severity;
  /** How to mend a violation. */
  readonly remediation: string;
  /** Controls that the policy helps to meet; the first is the one that Pulumi shows. Default: none. */
  readonly references?: readonly FrameworkReference[];
  /** Settings by name. Default: none. */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** Level where the configuration says none. Default: mandatory. */
  readonly enforcementLevel?: EnforcementLevel;
}

/** The part of a policy that is the same for all kinds. */
export interface BasePolicy extends Policy {
  readonly severity: Severity;
  readonly remediationSteps: string;
  readonly enforcementLevel: EnforcementLevel;
  readonly references: readonly FrameworkReference[];
}

/** What a verdict may depend on beside the resource and the settings. */
export interface Context {
  /** Environment of objects that carry no label of one. Default: none. */
  readonly environment?: string | undefined;
  /** ISO date. */
  readonly today: string;
}

/** Pulumi's view of the facts. */
export function basePolicy(facts: Facts): BasePolicy {
  const references = facts.references ?? [];
  const [framework] = references;
  return {
    name: facts.name,
    description: facts.description,
    severity: facts.severity,
    remediationSteps: facts.remediation,
    enforcementLevel: facts.enforcementLevel ?? "mandatory",
    references,
    tags: references.map(({ name, reference }) => `${name} ${reference}`),
    ...(framework === undefined ? {} : { framework }),
    ...(facts.settings === undefined ? {} : { configSchema: { properties: { ...facts.settings } } }),
  };
}

/** The settings with their defaults; an engine fills them in as well, a test or `gitops plan` need not. */
export function settingsOf<Settings>(policy: Policy, given: Fields): Settings {
  const defaults = Object.entries(policy.configSchema?.properties ?? {}).map(([key, schema]) => [key, schema.default]);
  return { ...Object.fromEntries(defaults), ...given } as Settings;
}

/** The text of a violation: what is wrong, and how to mend it. */
export function withRemedy(policy: Policy, reason: string): string {
  return `${reason}. To mend: ${policy.remediationSteps ?? ""}`;
}

/** The day that expiries are compared with: today, or the one that tests set. */
export function today(): string {
  return process.env["GITOPS_POLICIES_TODAY"] ?? new Date().toISOString().slice(0, 10);
}

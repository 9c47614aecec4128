import type { EnforcementLevel, Severity } from "@pulumi/policy";

import type { PackConfig } from "../configuration.ts";

import type { AnalyzedResource } from "./requests.ts";

/** A policy as the pack describes it, with the level that the configuration gives it. */
export interface PolicyInfo {
  readonly name: string;
  readonly description: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity | undefined;
  readonly remediation: string;
  /** References to frameworks, such as `PCI DSS 8.6.2`. */
  readonly references: readonly string[];
}

/** What a policy has against a resource, or against the stack. */
export interface Violation {
  readonly policy: string;
  readonly level: EnforcementLevel;
  /** That of the stack itself for what concerns it as a whole. */
  readonly urn: string;
  /** Description of the policy, then reason and remedy, on lines of their own. */
  readonly message: string;
  readonly severity: Severity | undefined;
}

/** Inputs that a policy of level `remediate` changed; a deployment takes them in place of the program's. */
export interface Remediation {
  readonly policy: string;
  readonly urn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Analysis {
  readonly policies: readonly PolicyInfo[];
  readonly violations: readonly Violation[];
  readonly remediations: readonly Remediation[];
}

/** What to judge. */
export interface AnalyzeInput {
  readonly recording: {
    readonly resources: readonly AnalyzedResource[];
    readonly config: { readonly stack: string; readonly project: { readonly name: string } };
  };
  /** Content of policies/config/<stack>.json. */
  readonly packConfig: PackConfig;
}

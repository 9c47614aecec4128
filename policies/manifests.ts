import type { EnforcementLevel, Severity } from "@pulumi/policy";

import { reconcile } from "./configuration.ts";
import type { PackConfig } from "./configuration.ts";
import { flatten, nameOf, namespaceOf, typeOf } from "./model/kubernetes-object.ts";
import type { KubernetesObject } from "./model/kubernetes-object.ts";
import { today, withRemedy } from "./model/policy.ts";
import type { BasePolicy } from "./model/policy.ts";
import { policies } from "./policies.ts";
import type { WaiverRegister } from "./waivers/register.ts";

export type { KubernetesObject } from "./model/kubernetes-object.ts";

/** What a judgement of manifests depends on. */
export interface JudgeOptions {
  /** Environment of the overlay, for objects without the label `gitops.platform/environment`. Default: none. */
  readonly environment?: string | undefined;
  /** Levels and settings, as in policies/config/<stack>.json. Default: the policies' own. */
  readonly config?: PackConfig | undefined;
  /** Waived violations are left out. Default: none are. */
  readonly waivers?: WaiverRegister | undefined;
  /** ISO date. Default: today. */
  readonly today?: string | undefined;
}

/** A fault of one object. */
export interface ManifestViolation {
  readonly policy: string;
  readonly level: Exclude<EnforcementLevel, "disabled">;
  readonly severity: Severity;
  /** Reason and remedy. */
  readonly message: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  /** `kubernetes:apps/v1:Deployment::app`, as waivers name objects. */
  readonly resource: string;
}

/** Policies that read rendered manifests; in Git every Secret with data is a literal. */
const alwaysInManifests: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "no-plain-secrets": { secretObjects: true },
};

/**
 * Judges plain Kubernetes objects, such as a rendered overlay, by the policies of the pack. Nothing can be remediated
 * in a manifest: a policy of level `remediate` counts as mandatory, as it does in the engine.
 * @throws PackConfigError for a configuration that the policies do not take
 */
export function judgeManifests(
  objects: readonly KubernetesObject[],
  options: JudgeOptions = {},
): readonly ManifestViolation[] {
  const all = flatten(objects);
  const known = policies as readonly BasePolicy[];
  const own = Object.keys(options.config ?? {}).filter((name) => !name.startsWith("waivers-"));
  const config = Object.fromEntries(own.map((name) => [name, options.config?.[name] ?? {}])) as PackConfig;
  const configs = reconcile(known, config);
  const context = { environment: options.environment, today: options.today ?? today() };
  return policies.flatMap((policy) => {
    const { level, settings: given } = configs.get(policy.name) ?? { level: policy.enforcementLevel, settings: {} };
    if (level === "disabled") return [];
    const settings = { ...given, ...alwaysInManifests[policy.name] } as never;
    return findings(policy, all, settings, context)
      .filter(({ object }) => options.waivers?.covers(policy.name, waivableOf(object)) !== true)
      .map(({ object, reason }) => violation(policy, level === "remediate" ? "mandatory" : level, object, reason));
  });
}

function findings(
  policy: (typeof policies)[number],
  objects: readonly KubernetesObject[],
  settings: never,
  context: { readonly environment: string | undefined; readonly today: string },
): readonly { readonly object: KubernetesObject; readonly reason: string }[] {
  if ("judgeObjects" in policy) return policy.judgeObjects(objects, settings, context);
  if ("judgeObject" in policy)
    return objects.flatMap((object) =>
      policy.judgeObject(object, settings, context).map((reason) => ({ object, reason })),
    );
  // Policies on resources judge objects too where a type of the Kubernetes provider is among theirs.
  if (!("judge" in policy)) return [];
  return objects.flatMap((object) => {
    if (!policy.appliesTo(typeOf(object))) return [];
    const resource = { ...waivableOf(object), props: object };
    return policy.judge(resource, settings, context).map((reason) => ({ object, reason }));
  });
}

function waivableOf(object: KubernetesObject): { readonly type: string; readonly name: string } {
  return { type: typeOf(object), name: nameOf(object) ?? "" };
}

function violation(
  policy: BasePolicy,
  level: ManifestViolation["level"],
  object: KubernetesObject,
  reason: string,
): ManifestViolation {
  const { type, name } = waivableOf(object);
  return {
    policy: policy.name,
    level,
    severity: policy.severity,
    message: withRemedy(policy, reason),
    kind: object.kind,
    name,
    namespace: namespaceOf(object),
    resource: `${type}::${name}`,
  };
}

import type { ResourceRemediation, ResourceValidationPolicy } from "@pulumi/policy";

import { basePolicy, settingsOf, today, withRemedy } from "./policy.ts";
import type { BasePolicy, Context, Facts } from "./policy.ts";
import { fields, plain } from "./values.ts";
import type { Fields } from "./values.ts";

/** A resource as a policy sees it: plain inputs, `unknownValue` where only a deployment knows. */
export interface DeclaredResource {
  readonly type: string;
  readonly name: string;
  readonly props: Fields;
  /** Inputs of an explicit provider. */
  readonly provider?: Fields | undefined;
}

/** A policy on one resource of the program, component or not. */
export type ResourcePolicy<Settings = Fields> = BasePolicy &
  ResourceValidationPolicy & {
    readonly appliesTo: (type: string) => boolean;
    /** What is wrong with a resource: nothing, or a reason for each fault. */
    readonly judge: (resource: DeclaredResource, settings: Settings, context: Context) => readonly string[];
  };

interface ResourceFacts<Settings> extends Facts {
  /** Type tokens; components (`eks:index:Cluster`) and what they make (`aws:eks/cluster:Cluster`). */
  readonly types: readonly string[] | ((type: string) => boolean);
  readonly judge: ResourcePolicy<Settings>["judge"];
  /** Changes the inputs in place where the level is `remediate`; false when there is nothing to change. */
  readonly remediate?: ((type: string, props: Record<string, unknown>, settings: Settings) => boolean) | undefined;
}

/** Makes a policy on single resources. */
export function resourcePolicy<Settings = Fields>(facts: ResourceFacts<Settings>): ResourcePolicy<Settings> {
  const base = basePolicy(facts);
  const { types, remediate } = facts;
  const appliesTo = typeof types === "function" ? types : (type: string) => types.includes(type);
  const remediateResource: ResourceRemediation = ({ type, props, getConfig }) => {
    if (!appliesTo(type) || remediate === undefined) return undefined;
    return remediate(type, props, settingsOf<Settings>(base, getConfig())) ? props : undefined;
  };
  return {
    ...base,
    appliesTo,
    judge: facts.judge,
    validateResource: ({ type, name, props, provider, getConfig }, report) => {
      if (!appliesTo(type)) return;
      const resource = {
        type,
        name,
        props: fields(plain(props)),
        provider: provider === undefined ? undefined : fields(plain(provider.props)),
      };
      const reasons = facts.judge(resource, settingsOf<Settings>(base, getConfig()), { today: today() });
      for (const reason of reasons) report(withRemedy(base, reason));
    },
    ...(remediate === undefined ? {} : { remediateResource }),
  };
}

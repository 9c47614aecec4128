import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";

import { basePolicy, settingsOf, today, withRemedy } from "./policy.ts";
import type { BasePolicy, Context, Facts } from "./policy.ts";
import { fields, plain } from "./values.ts";
import type { Fields } from "./values.ts";

/** A resource among the others of its stack. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly props: Fields;
  /** URNs of the resources that an input comes from, by input. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

/** A fault and the resource that has it. */
export interface StackFinding {
  readonly urn?: string | undefined;
  readonly reason: string;
}

/** A policy on a stack as a whole. */
export type StackPolicy<Settings = Fields> = BasePolicy &
  StackValidationPolicy & {
    readonly judgeStack: (
      resources: readonly StackResource[],
      settings: Settings,
      context: Context,
    ) => readonly StackFinding[];
  };

/** Makes a policy on the whole stack. */
export function stackPolicy<Settings = Fields>(
  facts: Facts & {
    /** Types that the verdict reads; the others are left out, which saves their copies. */
    readonly types: (type: string) => boolean;
    readonly judgeStack: StackPolicy<Settings>["judgeStack"];
  },
): StackPolicy<Settings> {
  const base = basePolicy(facts);
  return {
    ...base,
    judgeStack: facts.judgeStack,
    validateStack: ({ resources, getConfig }, report) => {
      const seen = resources.filter(({ type }) => facts.types(type)).map(stackResource);
      const findings = facts.judgeStack(seen, settingsOf<Settings>(base, getConfig()), { today: today() });
      for (const { urn, reason } of findings) report(withRemedy(base, reason), urn);
    },
  };
}

function stackResource({ urn, type, name, props, propertyDependencies }: PolicyResource): StackResource {
  const sources = Object.entries(propertyDependencies).map(([key, found]) => [key, found.map((one) => one.urn)]);
  return {
    urn,
    type,
    name,
    props: fields(plain(props)),
    sources: Object.fromEntries(sources) as StackResource["sources"],
  };
}

import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

import { isObjectType, objectOf } from "./kubernetes-object.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import type { BasePolicy, Context, Facts } from "./policy.ts";
import { resourcePolicy } from "./resource-policy.ts";
import { stackPolicy } from "./stack-policy.ts";
import type { Fields } from "./values.ts";

/** A policy on one Kubernetes object; the same function judges a program's resources and rendered overlays. */
export type ObjectPolicy<Settings = Fields> = BasePolicy &
  ResourceValidationPolicy & {
    readonly judgeObject: (object: KubernetesObject, settings: Settings, context: Context) => readonly string[];
  };

/** A fault and the object that has it. */
export interface ObjectFinding {
  readonly object: KubernetesObject;
  readonly reason: string;
}

/** A policy on Kubernetes objects that must fit each other. */
export type ObjectSetPolicy<Settings = Fields> = BasePolicy &
  StackValidationPolicy & {
    readonly judgeObjects: (
      objects: readonly KubernetesObject[],
      settings: Settings,
      context: Context,
    ) => readonly ObjectFinding[];
  };

/** Makes a policy on single objects. */
export function objectPolicy<Settings = Fields>(
  facts: Facts & {
    readonly judgeObject: ObjectPolicy<Settings>["judgeObject"];
    /** Changes the object's inputs in place; false when there is nothing to change. */
    readonly remediate?: (props: Record<string, unknown>, settings: Settings) => boolean;
  },
): ObjectPolicy<Settings> {
  const { remediate, judgeObject, ...said } = facts;
  const policy = resourcePolicy<Settings>({
    ...said,
    types: isObjectType,
    judge: ({ type, props }, settings, context) => {
      const object = objectOf(type, props);
      return object === undefined ? [] : judgeObject(object, settings, context);
    },
    remediate: remediate === undefined ? undefined : (_type, props, settings) => remediate(props, settings),
  });
  return { ...policy, judgeObject };
}

/** Makes a policy on objects that must fit each other. */
export function objectSetPolicy<Settings = Fields>(
  facts: Facts & { readonly judgeObjects: ObjectSetPolicy<Settings>["judgeObjects"] },
): ObjectSetPolicy<Settings> {
  const policy = stackPolicy<Settings>({
    ...facts,
    types: isObjectType,
    judgeStack: (resources, settings, context) => {
      const urns = new Map<KubernetesObject, string>();
      for (const { type, props, urn } of resources) {
        const object = objectOf(type, props);
        if (object !== undefined) urns.set(object, urn);
      }
      const findings = facts.judgeObjects([...urns.keys()], settings, context);
      return findings.map(({ object, reason }) => ({ urn: urns.get(object), reason }));
    },
  });
  return { ...policy, judgeObjects: facts.judgeObjects };
}

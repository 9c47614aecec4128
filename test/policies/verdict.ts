import type { AnalyzedResource } from "../../policies/analyzer/index.ts";
import { settingsOf } from "../../policies/model/policy.ts";
import type { Context } from "../../policies/model/policy.ts";
import { policies } from "../../policies/policies.ts";

/** What a policy's object says of resources, without a pack: the reasons by URN. */
export function verdict(
  name: string,
  resources: readonly AnalyzedResource[],
  given: Readonly<Record<string, unknown>>,
  context: Context,
): readonly { readonly urn: string | undefined; readonly reason: string }[] {
  const policy = policies.find((one) => one.name === name);
  if (policy === undefined) throw new Error(`no policy ${name}`);
  const settings = settingsOf<never>(policy, given);
  if ("judgeStack" in policy) {
    const seen = resources.map((one) => ({ ...one, props: one.inputs, sources: one.propertyDependencies }));
    return policy.judgeStack(seen, settings, context).map(({ urn, reason }) => ({ urn, reason }));
  }
  if (!("judge" in policy)) throw new Error(`policy ${name} is of a kind that has no verdict`);
  return resources
    .filter(({ type }) => policy.appliesTo(type))
    .flatMap((one) =>
      policy
        .judge({ type: one.type, name: one.name, props: one.inputs }, settings, context)
        .map((reason) => ({ urn: one.urn, reason })),
    );
}

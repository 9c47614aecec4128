import { apiVersions } from "./names.ts";

/** An object as data. */
export type ObjectDefinition = Readonly<Record<string, unknown>>;

/** What must be, or must not be, in one namespace. */
export interface ConfigurationPolicyFacts {
  readonly name: string;
  /** Namespaces whose objects are looked at. */
  readonly include: readonly string[];
  readonly compliance: "musthave" | "mustonlyhave" | "mustnothave";
  readonly objects: readonly ObjectDefinition[];
}

/**
 * `enforce` only where every object has a name: the controller mends nothing that has none, and says so in its status
 * alone. Labels and annotations of others stay in any case.
 */
export function configurationPolicy({ name, include, compliance, objects }: ConfigurationPolicyFacts) {
  const named = objects.every(
    (object) => typeof (object["metadata"] as { name?: unknown } | undefined)?.name === "string",
  );
  return {
    apiVersion: apiVersions.policy,
    kind: "ConfigurationPolicy",
    metadata: { name },
    spec: {
      "remediationAction": named ? "enforce" : "inform",
      "severity": "high",
      // `exclude` alone selects nothing.
      "namespaceSelector": { include: [...include], exclude: ["kube-*"] },
      "object-templates": objects.map((objectDefinition) => ({
        complianceType: compliance,
        ...(compliance === "mustonlyhave" ? { metadataComplianceType: "musthave" } : {}),
        objectDefinition,
      })),
    },
  };
}

/** An object without its namespace, so that the policy's selector says where it belongs. */
export function withoutNamespace<T extends { readonly metadata: { readonly namespace?: string } }>(object: T) {
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

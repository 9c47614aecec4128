/** What a rule looks at; plurals, as admission names resources. */
export interface AdmissionTarget {
  readonly group: string;
  readonly version: string;
  readonly resources: readonly string[];
}

/** One condition in CEL, and what the API server says when it does not hold. */
export interface AdmissionValidation {
  readonly expression: string;
  /** In CEL too: what is wrong, what is allowed, and how to mend it. */
  readonly message: string;
}

/** One rule of admission: it becomes one ValidatingAdmissionPolicy (admissionregistration.k8s.io/v1). */
export interface AdmissionRule {
  /** Kebab-case; the policy is called `gitops-<name>`. */
  readonly name: string;
  readonly targets: readonly AdmissionTarget[];
  /** In CEL: what the rule leaves alone, though it is a target. Default: nothing. */
  readonly conditions?: Readonly<Record<string, string>>;
  /** In CEL, each may use those before it as `variables.<name>`. Default: none. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly validations: readonly AdmissionValidation[];
}

/** Name of the policy of a rule. */
export const policyName = (rule: Pick<AdmissionRule, "name">): string => `gitops-${rule.name}`;

/** What is on its way out is let go: its finalizers are taken off by updates. */
export const notLeaving = { "not-leaving": "!has(object.metadata.deletionTimestamp)" } as const;

/** A text as CEL writes it. */
export const celText = (text: string): string => JSON.stringify(text);

/** Version of the JSON document; raised when a field changes its meaning or goes. New fields do not raise it. */
export const schemaVersion = 1;

/** A resource of a plan. Nothing in it is secret any more; see seal.ts. */
export interface PlannedResource {
  readonly urn: string;
  /** The type token, such as `kubernetes:core/v1:Namespace`. */
  readonly type: string;
  readonly name: string;
  /** `custom`: a provider makes it; `component`: a group of this program; `remote`: a component of a plugin. */
  readonly kind: "custom" | "component" | "remote";
  /** URN of the resource it belongs to; undefined at the top. */
  readonly parent?: string | undefined;
  /** Plain JSON with the marks of seal.ts in the place of secrets and unknowns. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
  /** URNs under which it was known before. */
  readonly aliases: readonly string[];
}

/** Advisory violations are shown, mandatory ones make the exit code 1, remediated ones were put right by the policy. */
export type Enforcement = "advisory" | "mandatory" | "remediate";

/** What a policy said. */
export interface Violation {
  readonly policy: string;
  readonly enforcement: Enforcement;
  /** `low` to `critical`, where the policy has one. */
  readonly severity?: string | undefined;
  /** URN, or `<overlay>: <kind>/<name>` for a manifest; undefined when it is about the stack as a whole. */
  readonly resource?: string | undefined;
  /** What is wrong and how to mend it. */
  readonly message: string;
}

/** One field that differs. A side without a value is absent there. */
export interface FieldChange {
  /** `spec.template.spec.containers[name=app].image`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** How something differs between two revisions. */
export type ChangeKind = "added" | "changed" | "removed" | "replaced";

/** A difference between two revisions. */
export interface Change {
  readonly change: ChangeKind;
  /** URN, or `<kind>/<namespace>/<name>` of a manifest. */
  readonly id: string;
  /** The type token, or `<apiVersion>/<kind>`. */
  readonly type: string;
  readonly name: string;
  /** For `changed` and `replaced`. */
  readonly fields: readonly FieldChange[];
  /** For `replaced`: the fields that cannot be changed in place. */
  readonly replacedBecause: readonly string[];
}

/** One stack. */
export interface StackPlan {
  readonly stack: string;
  readonly resources: readonly PlannedResource[];
  readonly violations: readonly Violation[];
  /** Only with a base. */
  readonly changes?: readonly Change[] | undefined;
}

/** One rendered overlay. */
export interface OverlayPlan {
  /** From the root of the repository: `apps/app/overlays/dev`. */
  readonly path: string;
  readonly objects: number;
  readonly violations: readonly Violation[];
  /** Only with a base. */
  readonly changes?: readonly Change[] | undefined;
}

/** What `gitops plan` found. */
export interface Plan {
  readonly project: string;
  readonly base?: { readonly ref: string; readonly commit: string } | undefined;
  readonly stacks: readonly StackPlan[];
  readonly overlays: readonly OverlayPlan[];
  /** What was left out and why. */
  readonly warnings: readonly string[];
}

/** Every violation of a plan. */
export function allViolations(plan: Plan): readonly Violation[] {
  return [...plan.stacks, ...plan.overlays].flatMap(({ violations }) => violations);
}

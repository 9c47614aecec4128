import { UsageError } from "../../errors.ts";
import type { Host } from "../../host.ts";
import { makePlan } from "../../plan/make-plan.ts";
import type { Plan, Violation } from "../../plan/model.ts";
import { findProject } from "../../plan/project.ts";
import type { Project } from "../../plan/project.ts";
import { missing, unseen } from "../live/evidence.ts";
import type { Evidence } from "../model.ts";
import type { Place } from "../places.ts";

/** The plan of the stacks that serve the environments, or why there is none. */
export type Planned =
  { readonly plan: Plan; readonly stackOf: (place: Place) => string | undefined } | { readonly refused: string };

/** Which stack is planned. */
export interface PlanChoice {
  readonly directory: string | undefined;
  /** Default: the stack that is called as the environment, on the platform of this machine `local`. */
  readonly stack: string | undefined;
  readonly local: boolean;
}

/** Judges the program of the working tree by the pack, as `gitops plan` does. */
export async function planStage(
  choice: PlanChoice,
  places: readonly Place[],
  { host, signal }: { readonly host: Host; readonly signal: AbortSignal },
): Promise<Planned> {
  try {
    const project = findProject(choice.directory);
    const stackOf = (place: Place) => stackFor(project, choice, place);
    const stacks = [...new Set(places.map(stackOf).filter((name) => name !== undefined))];
    const plan = await makePlan(project, stacks, { base: undefined, policies: true, manifests: true, host, signal });
    return { plan, stackOf };
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    return { refused: error.message };
  }
}

function stackFor(project: Project, { stack, local }: PlanChoice, { environment }: Place): string | undefined {
  const name = stack ?? (local ? "local" : environment);
  if (project.stacks.includes(name)) return name;
  if (stack !== undefined) {
    throw new UsageError(`--stack "${stack}": no such stack; there are ${project.stacks.join(", ")}`);
  }
  return undefined;
}

/** What the policies of a control say of the stack and of the environment's overlays. */
export function planEvidence(policies: readonly string[], planned: Planned, place: Place): readonly Evidence[] {
  if ("refused" in planned) return [unseen("plan", `could not be made: ${planned.refused}`)];
  const { plan, stackOf } = planned;
  const stack = plan.stacks.find((one) => one.stack === stackOf(place));
  if (stack === undefined) return [unseen("plan", `no stack is called ${place.environment}; name one with --stack`)];
  const overlays = plan.overlays.filter(({ path }) => path.endsWith(`/overlays/${place.environment}`));
  const violations = [stack, ...overlays]
    .flatMap((one) => one.violations)
    .filter((one) => policies.includes(one.policy));
  const faults = violations.filter(({ enforcement }) => enforcement !== "remediate").map(violationEvidence);
  const counted = `${stack.resources.length} resources and ${overlays.length} overlays judged`;
  const object = `stack ${stack.stack}`;
  return faults.length > 0 ? faults : [{ object, resourceVersion: null, result: "pass", says: counted }];
}

const violationEvidence = ({ resource, policy, enforcement, message }: Violation): Evidence =>
  missing(resource ?? "the stack", `${policy} (${enforcement}): ${message}`);

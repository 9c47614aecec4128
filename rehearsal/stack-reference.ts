import * as rpc from "@pulumi/pulumi/runtime/rpc.js";

import { RehearsalError } from "./errors.ts";
import type { ResourceResult } from "./runtime/backend.ts";
import type { RecordedResource } from "./runtime/recorded-resource.ts";

/** Outputs of one stack as another one reads them: what `record` and `apply` return of it has this shape. */
export interface GivenOutputs {
  /** Plain JSON. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Paths in the outputs whose value is secret. Default: none. */
  readonly secretOutputs?: readonly string[] | undefined;
}

/**
 * Outputs by the full name of the stack (`org/project/stack`). `unknown`: whatever a stack has, only its engine knows, as
 * where a plan is made without credentials; for previews alone.
 */
export type StackOutputs = Readonly<Record<string, GivenOutputs>> | "unknown";

const type = "pulumi:pulumi:StackReference";

/** Whether a resource reads the outputs of another stack. */
export function isStackReference(resource: Pick<RecordedResource, "type">): boolean {
  return resource.type === type;
}

/**
 * What the engine's built-in provider answers (pulumi/pulumi, pkg/resource/deploy/builtins.go, readStackReference).
 * @throws RehearsalError that names the stack whose outputs are missing
 */
export function readStackReference(
  { urn, existingId = "" }: RecordedResource,
  given: StackOutputs | undefined,
  preview: boolean,
): ResourceResult {
  if (given === "unknown") {
    if (preview) return { id: existingId, outputs: { name: existingId, outputs: rpc.unknownValue } };
    throw new RehearsalError(`${urn}: outputs of other stacks are unknown in a preview alone; give stackOutputs`);
  }
  const stack = given?.[existingId];
  if (stack === undefined) {
    const known = Object.keys(given ?? {}).join(", ") || "none";
    throw new RehearsalError(
      `${urn}: the outputs of stack "${existingId}" are missing; add them to stackOutputs (given: ${known})`,
    );
  }
  const secretOutputNames = [...new Set((stack.secretOutputs ?? []).map((path) => /^[^.[]+/.exec(path)?.[0] ?? path))];
  const outputs = Object.fromEntries(
    Object.entries(stack.outputs).map(([name, value]) => [
      name,
      secretOutputNames.includes(name) ? closed(value) : value,
    ]),
  );
  return { id: existingId, outputs: { name: existingId, outputs, secretOutputNames } };
}

/** A secret as it travels between engine and program. */
function closed(value: unknown): object {
  return { [rpc.specialSigKey]: rpc.specialSecretSig, value };
}

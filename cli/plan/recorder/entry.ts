/** What runs in the bundle with the program: recording, and sealing what was recorded. See cli/plan/recorder/load.ts. */
import { record, type Recording } from "../../../rehearsal/record.ts";
import { readStackConfig } from "../../../rehearsal/stack-config.ts";
import { UsageError } from "../../errors.ts";
import type { PlannedResource } from "../model.ts";
import { sealInputs, secretTexts } from "../seal.ts";

/** One stack to record. */
export interface RecordRequest {
  readonly project: string;
  readonly stack: string;
  /** The default export of the program's module. */
  readonly program: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** A recording, as it is and as it may be shown. */
export interface Recorded {
  /** With every secret in plain text: for the policies, and for nothing that prints. */
  readonly recording: Recording;
  /** Every text that must not be printed. */
  readonly secrets: readonly string[];
  readonly seal: (key: string) => readonly PlannedResource[];
}

/**
 * Runs the program for a stack.
 * @throws UsageError with the program's or the configuration's own words
 */
export async function recordStack({ project, stack, program, signal }: RecordRequest): Promise<Recorded> {
  if (typeof program !== "function") {
    const advice = 'write "export default async () => { ...; return outputs }"';
    throw new UsageError(`the program's default export is ${typeof program}; ${advice}`);
  }
  try {
    const recording = await record({
      project,
      stack,
      program: program as () => unknown,
      signal,
      // A plan has no credentials, so it cannot ask for what other stacks put out.
      stackOutputs: "unknown",
    });
    const secrets = [...secretTexts([...recording.resources, outputsOf(recording)]), ...suspects(project, stack)];
    return { recording, secrets, seal: (key) => recording.resources.map((resource) => plan(resource, secrets, key)) };
  } catch (error) {
    throw told(error, project, stack);
  }
}

function plan(resource: Recording["resources"][number], secrets: readonly string[], key: string): PlannedResource {
  const { urn, type, name, kind, parent, protect } = resource;
  return {
    urn,
    type,
    name,
    kind,
    parent,
    inputs: sealInputs(resource, secrets, key),
    protect,
    aliases: resource.aliases.filter((alias) => typeof alias === "string"),
  };
}

function outputsOf({ outputs, secretOutputs }: Recording) {
  return { inputs: outputs, secretInputs: secretOutputs, type: "outputs" };
}

/** Values of configuration whose key says that they are secret, even where a person forgot to encrypt them. */
function suspects(project: string, stack: string): readonly string[] {
  const { values, secretKeys } = readStackConfig({ project, stack });
  const named = Object.keys(values).filter((key) => /secret|password|token|credential|private.?key/i.test(key));
  return [...new Set([...named, ...secretKeys])]
    .flatMap((key) => values[key] ?? [])
    .filter((value) => value.length >= 6 && value !== "encrypted-value-not-decrypted");
}

/** An error without the secrets that its text may quote. A bug keeps its name and stack: they lead to the line. */
function told(error: unknown, project: string, stack: string): Error {
  const given = error instanceof Error ? error : new Error(String(error));
  let secrets: readonly string[] = [];
  try {
    secrets = suspects(project, stack);
  } catch {
    // The configuration itself is what is wrong; its errors do not quote secrets.
  }
  const clean = (text: string): string => secrets.reduce((all, word) => all.replaceAll(word, "[secret]"), text);
  const bug = ["TypeError", "ReferenceError", "RangeError", "SyntaxError"].includes(given.name);
  return new UsageError(`stack "${stack}": ${clean(bug ? (given.stack ?? given.message) : given.message)}`);
}

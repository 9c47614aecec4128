import { RehearsalError } from "./errors.ts";
import type { Invocation, ResourceResult } from "./runtime/backend.ts";
import type { Program } from "./runtime/load-program.ts";
import type { RecordedResource } from "./runtime/recorded-resource.ts";
import { runProgram } from "./runtime/run-program.ts";
import { readStackConfig, type StackConfig, type StackOptions } from "./stack-config.ts";
import { isStackReference, readStackReference, type StackOutputs } from "./stack-reference.ts";

/** Answers to functions of providers, by token (`aws:index/getRegion:getRegion`); outputs may be promises. */
export type Answers = Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => object>>;

/** How to run a stack's program without an engine. */
export interface ProgramOptions extends StackOptions {
  /** A file whose default export is the program, or the program. Default: what Pulumi.yaml and package.json say. */
  readonly program?: string | Program | undefined;
  /** Answers to invokes. An invoke without one is an error that names the token. Default: none. */
  readonly answers?: Answers | undefined;
  /** What other stacks put out, for `StackReference`. One without is an error that names the stack. Default: none. */
  readonly stackOutputs?: StackOutputs | undefined;
  /** Ends the run with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What to record. */
export interface RecordOptions extends ProgramOptions {
  /**
   * True: ids and outputs that a deployment would make are unknown, as in `pulumi preview`. False: ids are made up and
   * outputs are the inputs, as in Pulumi's unit tests. Default: true.
   */
  readonly preview?: boolean | undefined;
  /** Outputs to add to a resource's own, where a program cannot go on without them. Default: none. */
  readonly outputs?: ((resource: RecordedResource) => Readonly<Record<string, unknown>> | undefined) | undefined;
}

/** What a program declares for a stack. */
export interface Recording {
  /** In the order of registration, without the stack itself. */
  readonly resources: readonly RecordedResource[];
  /** The stack's outputs as plain JSON, secrets unwrapped. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Paths in the outputs whose value is secret. */
  readonly secretOutputs: readonly string[];
  /** Paths in the outputs whose value only a deployment knows. */
  readonly unknownOutputs: readonly string[];
  readonly config: StackConfig;
}

/**
 * Runs a stack's program on Pulumi's mock monitor and returns what it declared. Nothing is created, read or asked for.
 *
 * @throws RehearsalError for the configuration and for unanswered invokes, and the program's own errors as they are.
 */
export async function record(options: RecordOptions): Promise<Recording> {
  const config = readStackConfig(options);
  const preview = options.preview ?? true;
  const { resources, outputs } = await runProgram({
    config,
    program: options.program,
    preview,
    signal: options.signal,
    backend: {
      register: (resource) =>
        isStackReference(resource)
          ? readStackReference(resource, options.stackOutputs, preview)
          : pretend(resource, preview, options.outputs?.(resource)),
      invoke: (invocation) => answer(options.answers, invocation),
    },
  });
  return {
    resources,
    outputs: outputs.properties,
    secretOutputs: outputs.secrets,
    unknownOutputs: outputs.unknowns,
    config,
  };
}

/** Looks an invoke up. */
export function answer(answers: Answers | undefined, { token, inputs }: Invocation): Readonly<Record<string, unknown>> {
  const reply = answers?.[token];
  if (reply !== undefined) return reply(inputs) as Readonly<Record<string, unknown>>;
  const known = Object.keys(answers ?? {}).join(", ") || "none";
  throw new RehearsalError(`invoke "${token}" has no answer; add one to answers (given: ${known})`);
}

function pretend(resource: RecordedResource, preview: boolean, added: object | undefined): ResourceResult {
  const outputs = { ...resource.inputs, ...added };
  if (resource.existingId !== undefined) return { id: resource.existingId, outputs };
  return { id: preview || resource.kind !== "custom" ? undefined : idOf(resource), outputs };
}

/** `namespace/name` for a Kubernetes object, as its provider makes ids; else a text that shows where it came from. */
function idOf({ inputs, name }: RecordedResource): string {
  const metadata = inputs["metadata"] as { readonly name?: unknown; readonly namespace?: unknown } | undefined;
  if (typeof metadata?.name !== "string") return `${name}-id`;
  return typeof metadata.namespace === "string" ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}

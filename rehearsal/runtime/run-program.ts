import { dirname } from "node:path";

import { setAllConfig } from "@pulumi/pulumi/runtime/config.js";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings.js";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack.js";

import { RehearsalError } from "../errors.ts";
import type { StackConfig } from "../stack-config.ts";

import type { Backend } from "./backend.ts";
import { isolated } from "./isolation.ts";
import { loadProgram, type Program } from "./load-program.ts";
import { RehearsalMonitor } from "./monitor.ts";
import type { RecordedResource } from "./recorded-resource.ts";
import { catchStrayRejections } from "./stray-rejections.ts";
import { isStack } from "./urn.ts";
import type { PlainProperties } from "./wire.ts";

/** What to run. */
export interface Run {
  readonly config: StackConfig;
  /** A file whose default export is the program, or the program. Default: what Pulumi.yaml and package.json say. */
  readonly program?: string | Program | undefined;
  /** True: outputs that the backend leaves out are unknown, as in `pulumi preview`. */
  readonly preview: boolean;
  readonly backend: Backend;
  readonly signal?: AbortSignal | undefined;
}

/** What a program declared. */
export interface RunResult {
  /** In the order of registration, without the stack itself. */
  readonly resources: readonly RecordedResource[];
  readonly outputs: PlainProperties;
}

/** The organization of a self-managed backend (pulumi/pulumi, pkg/backend/diy: "organization"). */
const organization = "organization";

/**
 * Runs a program to its end, or until its first error.
 *
 * @throws the first error of the program or the backend, once the backend is idle.
 */
export function runProgram(run: Run): Promise<RunResult> {
  return isolated(async (state) => {
    const { project, stack, values, secretKeys } = run.config;
    run.signal?.throwIfAborted();
    const monitor = new RehearsalMonitor(stack, project.name, run.backend);
    setMockOptions(monitor, project.name, stack, run.preview, organization);
    setAllConfig({ ...values }, [...secretKeys]);
    state.settings.options.rootDirectory = dirname(project.file);
    const release = catchStrayRejections(state, (error) => monitor.requests.fail(error));
    const onAbort = (): void => monitor.requests.fail(run.signal?.reason);
    run.signal?.addEventListener("abort", onAbort, { once: true });
    try {
      const program = typeof run.program === "function" ? run.program : await loadProgram(project, run.program);
      await Promise.race([monitor.requests.failed, execute(program, monitor)]);
    } finally {
      await monitor.requests.idle();
      // Rejections that nobody handled are reported after the promise jobs of a turn.
      await new Promise((resolve) => setImmediate(resolve));
      run.signal?.removeEventListener("abort", onAbort);
      release();
    }
    await Promise.race([monitor.requests.failed, Promise.resolve()]);
    if (state.logErrorCount > 0) throw new RehearsalError(`the program logged ${state.logErrorCount} error(s)`);
    const resources = [...monitor.records.values()].filter(({ type }) => !isStack(type));
    return { resources, outputs: monitor.outputs };
  });
}

async function execute(program: Program, monitor: RehearsalMonitor): Promise<void> {
  await runInPulumiStack(async () => {
    try {
      return (await program()) as Record<string, unknown> | undefined;
    } catch (error) {
      // Inside, the SDK would make several rejections of this one that nobody handles.
      monitor.requests.fail(error);
      return monitor.requests.failed.catch(() => new Promise<never>(() => undefined));
    }
  });
  await disconnect();
}

import pRetry, { AbortError } from "p-retry";

import type { Layout } from "../layout.ts";

import { ProcessError } from "./process-error.ts";
import { isAlive } from "./records.ts";
import type { ProcessRecord } from "./records.ts";
import { processDefaults } from "./spec.ts";
import type { ProcessSpec } from "./spec.ts";

/** Between two probes, in milliseconds; and the longest that one probe may take. */
const interval = 50;
const probeTimeout = 5_000;

/** Waits until the process of `record` answers its probe. @throws ProcessError when it ends or takes too long */
export async function waitReady(
  layout: Layout,
  spec: ProcessSpec,
  record: ProcessRecord,
  signal?: AbortSignal,
): Promise<void> {
  const seconds = spec.readyTimeoutSeconds ?? processDefaults.readyTimeoutSeconds;
  let last: unknown;
  const attempt = async (): Promise<void> => {
    const ready = await probe(spec, seconds, signal).catch((error: unknown) => {
      last = error;
      return false;
    });
    // After the probe: a stranger on our port may have answered it.
    if (!(await isAlive(record))) throw new AbortError("ended");
    if (!ready) throw new Error("not ready");
  };
  try {
    await pRetry(attempt, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: interval,
      factor: 1.2,
      maxTimeout: 250,
      maxRetryTime: seconds * 1000,
      signal,
    });
  } catch {
    signal?.throwIfAborted();
    const ended = !(await isAlive(record));
    const detail = last === undefined ? "" : ` (last answer: ${describe(last)})`;
    throw await ProcessError.of(
      layout,
      spec.name,
      ended ? "ended before it was ready" : `was not ready after ${seconds} s${detail}`,
    );
  }
}

async function probe(spec: ProcessSpec, seconds: number, signal?: AbortSignal): Promise<boolean> {
  const timeout = AbortSignal.timeout(Math.min(probeTimeout, seconds * 1000));
  return spec.ready(signal === undefined ? timeout : AbortSignal.any([signal, timeout]));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

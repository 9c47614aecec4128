import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, constants } from "node:fs/promises";

import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";

import { openLog } from "./logs.ts";
import { isFree } from "./ports.ts";
import { ProcessError } from "./process-error.ts";
import { findProcess } from "./process-table.ts";
import { isAlive, readRecord, writeRecord } from "./records.ts";
import type { ProcessRecord } from "./records.ts";
import { checkName, processDefaults, specDigest } from "./spec.ts";
import type { ProcessSpec } from "./spec.ts";
import { stopProcess } from "./stop-process.ts";
import { waitReady } from "./wait-ready.ts";

/** A process that runs and is ready. */
export interface EnsuredProcess {
  readonly record: ProcessRecord;
  /** `kept`: it ran already; `started`: it did not; `restarted`: it ran with another spec or did not answer. */
  readonly outcome: "kept" | "started" | "restarted";
}

/**
 * Makes a process run as its spec says and waits until it is ready. Idempotent.
 *
 * The process is its own session, so that it outlives us and the terminal. When it does not become ready it is
 * stopped again.
 *
 * @throws ProcessError when it ends or does not answer in time; the reason of `signal` when that aborts.
 */
export async function ensureProcess(layout: Layout, spec: ProcessSpec, signal?: AbortSignal): Promise<EnsuredProcess> {
  checkName(spec.name);
  await prepareLayout(layout);
  const digest = await specDigest(spec);
  const earlier = await readRecord(layout, spec.name);
  const ran = earlier !== undefined && (await isAlive(earlier));
  if (ran && earlier.digest === digest) {
    try {
      await waitReady(layout, spec, earlier, signal);
      return { record: earlier, outcome: "kept" };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ProcessError)) throw error;
    }
  }
  // Also after its end: it may have left children.
  if (earlier !== undefined) await stopProcess(layout, spec.name);
  await spec.beforeStart?.();
  signal?.throwIfAborted();
  const record = await start(layout, spec, digest);
  try {
    await waitReady(layout, spec, record, signal);
  } catch (error) {
    await stopProcess(layout, spec.name);
    throw error;
  }
  return { record, outcome: ran ? "restarted" : "started" };
}

async function start(layout: Layout, spec: ProcessSpec, digest: string): Promise<ProcessRecord> {
  await access(spec.command, constants.X_OK).catch(() => {
    throw new Error(
      `${spec.name}: "${spec.command}" is not a program that can be run; expected the path of its binary`,
    );
  });
  for (const [use, port] of Object.entries(spec.ports ?? {})) {
    if (!(await isFree(port))) throw ProcessError.portTaken(spec.name, use, port);
  }
  const log = await openLog(layout, spec.name);
  try {
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd ?? layout.home,
      env: {
        PATH: `${layout.bin}:${process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"}`,
        HOME: layout.home,
        TMPDIR: layout.temporary,
        ...spec.env,
      },
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    await once(child, "spawn");
    child.unref();
    const pid = child.pid ?? 0;
    const record: ProcessRecord = {
      name: spec.name,
      pid,
      // One that ended at once has no start to be known by; waitReady will say so.
      started: (await findProcess(pid))?.started ?? "ended",
      argv: [spec.command, ...spec.args],
      digest,
      ports: { ...spec.ports },
      stopSignal: spec.stopSignal ?? processDefaults.stopSignal,
      stopTimeoutSeconds: spec.stopTimeoutSeconds ?? processDefaults.stopTimeoutSeconds,
      startedAt: new Date().toISOString(),
    };
    await writeRecord(layout, record);
    return record;
  } catch (error) {
    throw new Error(`${spec.name}: "${spec.command}" did not start: ${String(error)}`, { cause: error });
  } finally {
    await log.close();
  }
}

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { packBundle } from "./bundle.ts";
import { packFolder } from "./paths.ts";

/** How to start the pack. */
export interface PackProcessOptions {
  /** File of waivers. Default: policies/waivers.yaml. */
  readonly waivers?: string | undefined;
  /** ISO date that expiries are compared with. Default: today. */
  readonly today?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The running pack. */
export interface PackProcess {
  readonly port: number;
  /** Ends it; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the pack as the engine does: a process that writes the port of its server to its standard output.
 * @throws Error with what it said, when it ends instead
 */
export async function startPackProcess(options: PackProcessOptions = {}): Promise<PackProcess> {
  const bundle = await packBundle();
  options.signal?.throwIfAborted();
  const child = spawn(process.execPath, [bundle], {
    cwd: packFolder,
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      ...(options.waivers === undefined ? {} : { GITOPS_POLICIES_WAIVERS: options.waivers }),
      ...(options.today === undefined ? {} : { GITOPS_POLICIES_TODAY: options.today }),
    },
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  // Written to only by its end, which the child may not live to see.
  child.stdin.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  const stop = async () => {
    child.kill();
    await gone;
  };
  const onAbort = () => void stop();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  void gone.then(() => options.signal?.removeEventListener("abort", onAbort));
  const first = new Promise<string>((resolve, reject) => {
    const lines = createInterface(child.stdout);
    lines.once("line", resolve);
    lines.once(
      "close",
      () => void gone.then(() => reject(new Error(`the policy pack did not start: ${errors.trim()}`))),
    );
    child.once("error", reject);
  });
  const port = Number(await first);
  if (!Number.isInteger(port) || port < 1) {
    await stop();
    throw new Error(`the policy pack wrote ${JSON.stringify(await first)} in place of its port`);
  }
  return { port, stop };
}

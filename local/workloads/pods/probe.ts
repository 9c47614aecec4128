import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

import type { ProbePlan } from "./program.ts";

/** Between two looks at a program that has just started, in milliseconds: nobody here wants to wait for a period. */
const startInterval = 200;

/**
 * Asks a program again and again and tells when the answer changes: from `initial` to the other state after so many
 * answers in a row as the plan says. Ends when `signal` aborts.
 *
 * A readiness probe (initial: false) is asked in quick succession until it first succeeds; its failures count only
 * after that, as there is nothing to take away before.
 */
export async function keepProbing(
  plan: ProbePlan,
  port: number,
  initial: boolean,
  signal: AbortSignal,
  onChange: (succeeds: boolean) => void,
): Promise<void> {
  let state = initial;
  let inRow = 0;
  let eager = !initial;
  const wait = (milliseconds: number): Promise<unknown> =>
    delay(milliseconds, undefined, { signal }).catch(() => undefined);
  await wait(plan.initialDelaySeconds * 1000);
  // Liveness: a kubelet begins a period after the start, more or less.
  if (initial) await wait(plan.periodSeconds * 1000);
  while (!signal.aborted) {
    const answer = await probeOnce(port, plan.path, plan.timeoutSeconds * 1000, signal);
    if (signal.aborted) return;
    inRow = answer === state ? 0 : inRow + 1;
    if (inRow >= (state ? plan.failureThreshold : plan.successThreshold)) {
      state = answer;
      inRow = 0;
      eager = false;
      onChange(state);
    }
    await wait(eager ? startInterval : plan.periodSeconds * 1000);
  }
}

/** One GET on loopback. 200 to 399 is a success ("Configure Liveness, Readiness and Startup Probes" in the Kubernetes documentation). */
export async function probeOnce(port: number, path: string, timeout: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { "user-agent": "kube-probe/local", "connection": "close" };
    // agent: false, or a kept connection would survive the program and answer for it.
    const sent = request({ host: "127.0.0.1", port, path, headers, agent: false, signal });
    const tooLate = setTimeout(() => sent.destroy(), timeout);
    sent.once("close", () => {
      clearTimeout(tooLate);
      resolve(false);
    });
    sent.on("error", () => undefined);
    sent.once("response", (response) => {
      response.on("error", () => undefined);
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 400);
    });
    sent.end();
  });
}

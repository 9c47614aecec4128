import type { Layout } from "../../layout.ts";
import { workloadPorts } from "../ports.ts";
import type { Traffic } from "../traffic/tally.ts";

import type { PodInfo, Refusal } from "./contract.ts";

/** How long an answer may take, in milliseconds. */
const timeout = 10_000;

/** Asks the process that runs the pods, and tells it how much traffic to send. */
export interface WorkloadsClient {
  /** Every pod with a process. */
  pods(): Promise<readonly PodInfo[]>;
  /** All counters since the start of that process; see `trafficBetween`. */
  traffic(): Promise<Traffic>;
  /** Sets the users' requests a second, from 0 to 1000, kept over restarts. */
  setRate(namespace: string, application: string, rate: number): Promise<void>;
}

/** Each call rejects with what the process refused, or when it does not run. */
export async function workloadsClient(layout: Layout): Promise<WorkloadsClient> {
  const url = `http://127.0.0.1:${(await workloadPorts(layout)).api}`;

  async function call<T>(method: "GET" | "PUT", path: string, body?: unknown): Promise<T> {
    const what = `${method} ${url}${path}`;
    const response = await fetch(`${url}${path}`, {
      method,
      signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    }).catch((error: unknown) => {
      throw new Error(`${what}: no answer; start the platform with \`npm start\``, { cause: error });
    });
    const answer = (await response.json()) as T | Refusal;
    if (!response.ok) throw new Error(`${what}: ${response.status}: ${(answer as Refusal).error}`);
    return answer as T;
  }

  return {
    pods: () => call("GET", "/pods"),
    traffic: () => call("GET", "/traffic"),
    setRate: async (namespace, application, rate) => {
      await call("PUT", `/traffic/${namespace}/${application}`, { rate });
    },
  };
}

import { randomInt } from "node:crypto";
import { createServer } from "node:net";

import getPort from "get-port";
import pLimit from "p-limit";

import type { Layout } from "../layout.ts";

import { isAlive, readRecord } from "./records.ts";
import { updateState } from "./state.ts";

/**
 * Ports are taken from here. Below what systems give to outgoing connections (Linux from 32768, ip(7); macOS from
 * 49152), or a remembered port could be in use by a mere client at the next start.
 */
const range = { from: 20_000, to: 32_000 } as const;

/**
 * Free loopback ports for a process, the same as last time when they still are free (or in use by that very
 * process), and different from every port remembered for other processes of the platform.
 *
 * @param process the name in its `ProcessSpec`, whose `ports` should be what is returned
 * @param uses what the ports are for, for example `["client", "peer"]`
 */
export async function choosePorts<Use extends string>(
  layout: Layout,
  process: string,
  uses: readonly Use[],
): Promise<Readonly<Record<Use, number>>> {
  return updateState(layout, async (state) => {
    const record = await readRecord(layout, process);
    const own = record !== undefined && (await isAlive(record)) ? Object.values(record.ports) : [];
    const ports: Record<string, number> = { ...state.ports };
    const chosen: Partial<Record<Use, number>> = {};
    for (const use of uses) {
      const key = `${process}.${use}`;
      const remembered = ports[key];
      const keep = remembered !== undefined && (own.includes(remembered) || (await isFree(remembered)));
      chosen[use] = ports[key] = keep ? remembered : await choose(Object.values(ports));
    }
    return { state: { ...state, ports }, result: chosen as Record<Use, number> };
  });
}

/** Candidates at random: platforms side by side (tests) would all want the first port of the range. */
async function choose(taken: readonly number[]): Promise<number> {
  const candidates = Array.from({ length: 50 }, () => randomInt(range.from, range.to));
  return getPort({ port: candidates, exclude: taken, host: "127.0.0.1" });
}

/** The question listens for a moment: two at the same time would hear each other. */
const oneAtATime = pLimit(1);

/** Whether a server could listen there now. */
export async function isFree(port: number): Promise<boolean> {
  return oneAtATime(() => tryToListen(port));
}

function tryToListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

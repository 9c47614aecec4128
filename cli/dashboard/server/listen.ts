import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

import { UsageError } from "../../errors.ts";

import type { Environment } from "./context.ts";

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Ends open event streams too. */
  readonly close: () => Promise<void>;
}

/**
 * @param port 0 for any that is free
 * @throws UsageError when the port is taken or the address is none of this machine
 */
export async function listen(app: Hono<Environment>, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new UsageError(
      `--host ${host} --port ${port}: ${error instanceof Error ? error.message : String(error)}; give another port, or 0 for any`,
    );
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

import { getEventListeners } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Connection } from "../../../rehearsal/cluster/connection.ts";
import { waitFor } from "../../../rehearsal/cluster/wait.ts";

/** More than the ten listeners at which Node warns of a leak. */
const many = Array.from({ length: 30 }, (_, index) => index);

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("one signal for a whole apply", () => {
  test("many waits listen once at the most, and one abort ends all of them", async () => {
    const cancel = new AbortController();
    const waiting = many.map(() =>
      waitFor(() => Promise.resolve(undefined), { timeout: 60_000, signal: cancel.signal }),
    );
    await nextTurn();
    expect(getEventListeners(cancel.signal, "abort").length).toBeLessThanOrEqual(1);
    const reason = new Error("interrupted");
    cancel.abort(reason);
    const ends = await Promise.allSettled(waiting);
    for (const end of ends) expect(end).toMatchObject({ status: "rejected", reason: { cause: reason } });
  });

  describe("to a server that accepts connections and never answers", () => {
    let server: Server;
    let folder: string;
    const sockets = new Set<Socket>();
    beforeEach(async () => {
      server = createServer((socket) => sockets.add(socket));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      folder = await mkdtemp(join(tmpdir(), "gitops-signal-"));
    });
    afterEach(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await rm(folder, { recursive: true, force: true });
    });

    test("many requests listen once at the most, and one abort ends all of them with its reason", async () => {
      const kubeconfig = join(folder, "kubeconfig");
      const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await writeFile(kubeconfig, kubeconfigFor(address));
      const cancel = new AbortController();
      const connection = new Connection({ kubeconfig }, cancel.signal);
      const sent = many.map((index) => connection.send({ method: "GET", path: `/api/${index}` }));
      await nextTurn();
      expect(getEventListeners(cancel.signal, "abort").length).toBeLessThanOrEqual(1);
      const reason = new Error("interrupted");
      cancel.abort(reason);
      const ends = await Promise.allSettled(sent);
      for (const end of ends) expect(end).toMatchObject({ status: "rejected", reason });
      connection.close();
    });
  });
});

function kubeconfigFor(server: string): string {
  return JSON.stringify({
    "apiVersion": "v1",
    "kind": "Config",
    "current-context": "one",
    "clusters": [{ name: "one", cluster: { server } }],
    "users": [{ name: "one", user: {} }],
    "contexts": [{ name: "one", context: { cluster: "one", user: "one" } }],
  });
}

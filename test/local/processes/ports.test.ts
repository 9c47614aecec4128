import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { Server } from "node:net";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { Layout } from "../../../local/layout.ts";
import { choosePorts, ensureProcess } from "../../../local/processes/index.ts";

import { removeLayout, serverSpec, temporaryLayout } from "./fixtures.ts";

let paths: Layout;
const servers: Server[] = [];

beforeEach(async () => {
  paths = await temporaryLayout();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  await removeLayout(paths);
});

async function occupy(port: number): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
}

describe("choosePorts", () => {
  test("remembers what it chose, below the ports of outgoing connections", async () => {
    const first = await choosePorts(paths, "etcd", ["client", "peer"]);
    const second = await choosePorts(paths, "etcd", ["client", "peer"]);
    expect(second).toEqual(first);
    expect(first.client).not.toBe(first.peer);
    for (const port of Object.values(first)) {
      expect(port).toBeGreaterThanOrEqual(20_000);
      expect(port).toBeLessThan(32_768);
    }
    expect((await stat(paths.state)).mode & 0o777).toBe(0o600);
  });

  test("chooses another when somebody else took it, and leaves the rest", async () => {
    const before = await choosePorts(paths, "etcd", ["client", "peer"]);
    await occupy(before.client);
    const after = await choosePorts(paths, "etcd", ["client", "peer"]);
    expect(after.client).not.toBe(before.client);
    expect(after.peer).toBe(before.peer);
    expect(await choosePorts(paths, "etcd", ["client", "peer"])).toEqual(after);
  });

  test("keeps a port that the process itself listens on", async () => {
    const { http } = await choosePorts(paths, "server", ["http"]);
    await ensureProcess(paths, serverSpec(http));
    expect(await choosePorts(paths, "server", ["http"])).toEqual({ http });
    expect((await choosePorts(paths, "other", ["http"])).http).not.toBe(http);
  });

  test("gives different ports to everybody who asks at the same time", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `process-${index}`);
    const ports = await Promise.all(names.map((name) => choosePorts(paths, name, ["a", "b"])));
    expect(new Set(ports.flatMap((one) => Object.values(one))).size).toBe(40);
  });

  test("keeps other fields of the state, and names a file that is not one", async () => {
    await writeFile(paths.state, JSON.stringify({ engine: "pulumi" }));
    await choosePorts(paths, "etcd", ["client"]);
    expect(JSON.parse(await readFile(paths.state, "utf8"))).toMatchObject({ engine: "pulumi" });
    await writeFile(paths.state, "{ half");
    await expect(choosePorts(paths, "etcd", ["client"])).rejects.toThrow(
      `${paths.state}: not the state of a local platform; delete the file and start again`,
    );
  });
});

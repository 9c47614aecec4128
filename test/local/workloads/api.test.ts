import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { layout, prepareLayout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { findProcess } from "../../../local/processes/process-table.ts";
import { writeRecord } from "../../../local/processes/records.ts";
import { apiServer } from "../../../local/workloads/api/server.ts";
import { workloadsClient } from "../../../local/workloads/index.ts";
import { workloadPorts, workloadsProcess } from "../../../local/workloads/ports.ts";
import { Rates } from "../../../local/workloads/traffic/rates.ts";

import { close } from "./objects.ts";

let paths: Layout;
let server: Server;
let rates: Rates;
let ready: boolean;
beforeEach(async () => {
  paths = layout(await mkdtemp(join(tmpdir(), "gitops-api-")));
  await prepareLayout(paths);
  rates = await Rates.read(join(paths.directory, "rates.json"));
  ready = true;
  const traffic = { since: "2026-01-01T00:00:00.000Z", applications: [] };
  server = apiServer({ traffic: () => traffic, rates, processes: () => [], services: new Map(), ready: () => ready });
  const ports = await workloadPorts(paths);
  await new Promise<void>((resolve) => server.listen(ports.api, "127.0.0.1", resolve));
  // As after a start: the ports are in use by this very process.
  await writeRecord(paths, {
    name: workloadsProcess,
    pid: process.pid,
    started: (await findProcess(process.pid))?.started ?? "",
    argv: [],
    digest: "",
    ports: { ...ports },
    stopSignal: "SIGTERM",
    stopTimeoutSeconds: 1,
    startedAt: "",
  });
});
afterEach(async () => {
  if (server.listening) await close(server);
  await rm(paths.directory, { recursive: true, force: true });
});

async function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const { api } = await workloadPorts(paths);
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const { body, ...rest } = options;
    const sent = request({ host: "127.0.0.1", port: api, path, agent: false, ...rest }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode, body: text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const json = { "content-type": "application/json" };

describe("the control API", () => {
  test("sets a rate through its client", async () => {
    const client = await workloadsClient(paths);
    await client.setRate("dev", "core-trading", 150);
    expect(rates.of("dev/core-trading")).toBe(150);
    expect(await client.pods()).toEqual([]);
    expect((await client.traffic()).applications).toEqual([]);
  });

  test("refuses a rate that is none, in words that the client passes on", async () => {
    const client = await workloadsClient(paths);
    await expect(client.setRate("dev", "app", -1)).rejects.toThrow('expected {"rate": <0 to 1000 requests a second>}');
    await expect(client.setRate("dev", "App/..", 1)).rejects.toThrow("only GET");
    const answer = await ask("/traffic/dev/app", { method: "PUT", headers: json, body: "{" });
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining("expected JSON") });
  });

  test("says when it is not ready, for whoever waits for it", async () => {
    ready = false;
    expect((await ask("/healthz")).status).toBe(503);
    ready = true;
    expect((await ask("/healthz")).status).toBe(200);
  });

  test("is closed to web pages: no foreign host name, no request that a page may send unasked", async () => {
    expect((await ask("/pods", { headers: { host: "evil.example:80" } })).status).toBe(403);
    expect((await ask("/traffic/dev/app", { method: "PUT", body: '{"rate":1}' })).status).toBe(415);
    expect((await ask("/nothing")).status).toBe(404);
    expect((await ask("/pods", { method: "POST" })).status).toBe(405);
  });

  test("that does not run is said to, with what to do", async () => {
    const client = await workloadsClient(paths);
    await close(server);
    await expect(client.pods()).rejects.toThrow(/no answer; start the platform with `npm start`/);
  });
});

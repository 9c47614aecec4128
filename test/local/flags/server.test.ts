import { request } from "node:http";
import type { Server } from "node:http";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { FlagSets, flagServer } from "../../../local/flags/index.ts";
import { close, listening } from "../workloads/objects.ts";

import { constant, definitions } from "./definitions.ts";

let server: Server;
let port: number;
beforeEach(async () => {
  const sets = new FlagSets();
  sets.set("dev", "app-flags", definitions({ a: constant("of dev") }));
  sets.set("prod", "app-flags", definitions({ a: constant("of prod") }));
  ({ server, port } = await listening(flagServer(sets)));
});
afterEach(() => close(server));

function ask(host: string, path: string, body: string) {
  return new Promise<{ status: number | undefined; etag: string | undefined; body: string }>((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path, method: "POST", headers: { host }, agent: false },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode, etag: response.headers.etag, body: text }));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("the flag server", () => {
  test("answers for the namespace in the name under which it is called", async () => {
    for (const [host, value] of [
      ["flagd.dev:8016", "of dev"],
      ["flagd.prod.svc.cluster.local:8016", "of prod"],
    ] as const) {
      const answer = await ask(host, "/ofrep/v1/evaluate/flags/a", "{}");
      expect([answer.status, (JSON.parse(answer.body) as { value: string }).value]).toEqual([200, value]);
    }
  });

  test("sends the tag of a bulk answer, and refuses what is too large or names no namespace", async () => {
    expect((await ask("flagd.dev:8016", "/ofrep/v1/evaluate/flags", "{}")).etag).toMatch(/^"[0-9a-f]{64}"$/);
    expect((await ask(`127.0.0.1:${port}`, "/ofrep/v1/evaluate/flags", "{}")).status).toBe(400);
    const large = JSON.stringify({ context: { text: "x".repeat(1_000_001) } });
    expect((await ask("flagd.dev:8016", "/ofrep/v1/evaluate/flags", large)).status).toBe(413);
  });
});

import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { RecoveryEvent } from "../../../cli/recovery/index.ts";
import { reportServer } from "../../../local/receiver/server.ts";

import { body, report } from "./report.ts";

let server: Server;
let url: string;
let taken: RecoveryEvent[];
let broken: boolean;
const errors = console.error;

beforeEach(async () => {
  taken = [];
  broken = false;
  console.error = () => undefined;
  const take = (event: RecoveryEvent): Promise<void> => {
    if (broken) return Promise.reject(new Error("no space left"));
    taken.push(event);
    return Promise.resolve();
  };
  server = reportServer({ token: "secret", take });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  console.error = errors;
  server.close();
  server.closeAllConnections();
});

const post = (content: string, token = "secret"): Promise<Response> =>
  fetch(`${url}/reports`, { method: "POST", body: content, headers: { authorization: `Bearer ${token}` } });

describe("the receiver", () => {
  test("takes a report with the platform's token", async () => {
    expect((await post(JSON.stringify(body()))).status).toBe(204);
    expect(taken).toEqual([report()]);
  });

  test("takes none without it", async () => {
    expect((await post(JSON.stringify(body()), "")).status).toBe(401);
    expect((await post(JSON.stringify(body()), "secre7")).status).toBe(401);
    expect(taken).toEqual([]);
  });

  test("answers what is no report with what is wrong, and does not ask for it again", async () => {
    const wrong = await post(JSON.stringify(body({ branch: "--force" })));
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain("branch");
    expect((await post("{")).status).toBe(400);
    expect((await post(JSON.stringify({ long: "x".repeat(200_000) }))).status).toBe(400);
  });

  test("has a report repeated that it could not keep", async () => {
    broken = true;
    expect((await post(JSON.stringify(body()))).status).toBe(503);
  });

  test("says that it is well, and nothing else", async () => {
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/`)).status).toBe(404);
  });
});

import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";

import { previewGenerator } from "../../../infra/delivery/preview-generator.ts";
import { generatorServer } from "../../../local/previews/server.ts";
import type { GeneratorServerArgs } from "../../../local/previews/server.ts";
import { parsed } from "../../infra/config/happy-path.ts";

const found = { number: "x", branch: "preview/x", head_sha: "a".repeat(40) };
let server: Server;
let url: string;
let asked: unknown[];
let list: GeneratorServerArgs["list"];

beforeEach(async () => {
  // The log of the process.
  jest.spyOn(console, "error").mockImplementation(() => undefined);
  asked = [];
  list = (choice) => {
    asked.push(choice);
    return Promise.resolve([found]);
  };
  server = generatorServer({ token: "secret", list: (choice) => list(choice) });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

/** What the controller sends for an ApplicationSet of this program (plugin_service.go of Argo CD). */
function question(): unknown {
  const repository = "file:///srv/platform.git";
  const { previews } = parsed({ repository, previews: { source: "branches", lifetime: "1h30m", maximum: 2 } });
  const { plugin } = previewGenerator(previews, repository, "develop");
  return { applicationSetName: "previews", input: { parameters: plugin?.input?.parameters } };
}

const post = (body: unknown, token = "secret", path = "/api/v1/getparams.execute") =>
  fetch(url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe("the generator of previews", () => {
  test("answers what the ApplicationSet of this program asks", async () => {
    const response = await post(question());
    expect([response.status, await response.json()]).toEqual([200, { output: { parameters: [found] } }]);
    expect(asked).toEqual([{ prefix: "preview/", lifetime: 5400, maximum: 2 }]);
  });

  test.each([
    ["another token", () => post(question(), "guess"), 401],
    ["no JSON", () => post("{"), 400],
    ["no parameters", () => post({ input: {} }), 400],
    ["a parameter that it does not know", () => post({ input: { parameters: { prefix: "x", depth: 1 } } }), 400],
    ["a question that is too long", () => post("x".repeat(70_000)), 400],
    ["another path", () => post(question(), "secret", "/api/v1/other"), 404],
    ["another method", () => fetch(`${url}/api/v1/getparams.execute`), 404],
  ])("refuses %s without a look at the repository", async (_name, ask, status) => {
    expect((await ask()).status).toBe(status);
    expect(asked).toEqual([]);
  });

  test("never takes trouble with the repository for no previews: Argo CD would delete them all", async () => {
    list = () => Promise.reject(new Error("not a git repository"));
    expect((await post(question())).status).toBe(503);
  });

  test("says that it is there", async () => {
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

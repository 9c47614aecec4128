import { createServer, request } from "node:http";
import type { IncomingHttpHeaders, RequestListener, RequestOptions, Server } from "node:http";

import { afterEach, describe, expect, test } from "@jest/globals";

import { Unreachable, serviceProxy } from "../../../local/workloads/network/index.ts";
import type { ServiceName, Upstream } from "../../../local/workloads/network/index.ts";

import { close, listening } from "./objects.ts";

const servers: Server[] = [];
afterEach(async () => {
  await close(...servers.splice(0));
});

async function start(handler: RequestListener | Server): Promise<number> {
  const { server, port } = await listening(handler);
  servers.push(server);
  return port;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks as Go's and others' clients ask a forward proxy: the whole URL in the first line. */
function ask(proxy: number, path: string, options: RequestOptions & { readonly body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const sent = request({ host: "127.0.0.1", port: proxy, path, agent: false, ...rest }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const as = (namespace: string): RequestOptions => ({
  headers: { "proxy-authorization": `Basic ${Buffer.from(`${namespace}:`).toString("base64")}`, "host": "app:9898" },
});

describe("the service network", () => {
  test("passes method, path, query, body and status on, and says whose short name it was", async () => {
    const upstream = await start((incoming, response) => {
      let text = "";
      incoming.on("data", (chunk: Buffer) => (text += chunk.toString()));
      incoming.on("end", () => {
        response.writeHead(202, { "x-answer": "yes" });
        response.end(JSON.stringify({ method: incoming.method, url: incoming.url, text, headers: incoming.headers }));
      });
    });
    const asked: ServiceName[] = [];
    const proxy = await start(serviceProxy((name) => (asked.push(name), { port: upstream })));
    const answer = await ask(proxy, "http://app:9898/echo?x=1", { method: "POST", body: "hello", ...as("dev") });
    expect(asked).toEqual([{ namespace: "dev", name: "app", port: 9898 }]);
    expect(answer.status).toBe(202);
    expect(answer.headers["x-answer"]).toBe("yes");
    const seen = JSON.parse(answer.body) as { headers: IncomingHttpHeaders };
    expect(seen).toMatchObject({ method: "POST", url: "/echo?x=1", text: "hello", headers: { host: "app:9898" } });
    expect(seen.headers).not.toHaveProperty("proxy-authorization");
  });

  test("refuses in words what cannot be reached", async () => {
    const nobody = (): Upstream => {
      throw new Unreachable(503, "nobody is ready");
    };
    const proxy = await start(serviceProxy(nobody));
    expect(await ask(proxy, "http://app.dev:9898/")).toMatchObject({ status: 503, body: "nobody is ready\n" });
    expect(await ask(proxy, "http://app:9898/")).toMatchObject({ status: 400, body: expect.stringContaining('"app"') });
    expect(await ask(proxy, "/")).toMatchObject({ status: 400, body: expect.stringContaining("HTTP_PROXY") });
  });

  test("answers 502 when the program behind a name is gone", async () => {
    const { server, port } = await listening(() => undefined);
    await close(server);
    const proxy = await start(serviceProxy(() => ({ port })));
    const answer = await ask(proxy, "http://app.dev/");
    expect(answer).toMatchObject({ status: 502, body: expect.stringContaining("did not answer") });
  });

  test("refuses CONNECT with a reason, as there is no TLS inside", async () => {
    const proxy = await start(serviceProxy(() => ({ port: 1 })));
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port: proxy, method: "CONNECT", path: "app.dev:443", agent: false });
      sent.on("connect", (response) => resolve(response.statusCode));
      sent.on("error", reject);
      sent.end();
    });
    expect(answer).toBe(501);
  });

  test("breaks the answer off when the program breaks it off", async () => {
    const upstream = createServer((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.socket?.destroy());
    });
    const port = await start(upstream);
    const proxy = await start(serviceProxy(() => ({ port })));
    await expect(
      new Promise((resolve, reject) => {
        request({ host: "127.0.0.1", port: proxy, path: "http://app.dev/", agent: false }, (response) => {
          response.on("error", reject).on("end", resolve).resume();
        })
          .on("error", reject)
          .end();
      }),
    ).rejects.toThrow(/aborted|hang up/);
  });
});

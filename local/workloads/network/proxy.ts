import { Agent, createServer, request as httpRequest } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

import { serviceName } from "./name.ts";
import type { ServiceName } from "./name.ts";
import { Unreachable } from "./resolve.ts";

/** Where a request is passed on to, on 127.0.0.1. */
export interface Upstream {
  readonly port: number;
  /** The Host header to send. Default: the one that the caller sent. */
  readonly host?: string;
}

/** Headers of one hop, which a proxy does not pass on (RFC 9110, 7.6.1), and those that are meant for the proxy. */
const ownHeaders = new Set(
  "connection keep-alive proxy-connection proxy-authorization te trailer transfer-encoding upgrade".split(" "),
);

/** Unused connections are closed after this time, in milliseconds: well before podinfo's 60 s, or a request could meet the close. */
const idle = 4_000;

/**
 * The service network: a forward proxy for HTTP which knows the cluster's names, as there is no DNS of a cluster here.
 * The user name of its URL is the namespace of the caller.
 *
 * @param resolve finds the way to a Service; throws Unreachable
 */
export function serviceProxy(resolve: (name: ServiceName) => Upstream): Server {
  const agent = new Agent({ keepAlive: true, timeout: idle, maxSockets: 512 });
  const server = createServer((request, response) => {
    try {
      pass(request, response, upstreamOf(request, resolve), agent);
    } catch (error) {
      const status = error instanceof Unreachable ? error.status : 400;
      refuse(response, status, error instanceof Error ? error.message : String(error));
    }
  });
  server.on("connect", (request, socket) => {
    const body = `CONNECT ${request.url}: this proxy speaks plain HTTP alone; use http://, not https://\n`;
    socket.on("error", () => undefined);
    const head = `HTTP/1.1 501 Not Implemented\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(body)}`;
    socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`);
  });
  server.on("close", () => agent.destroy());
  return server;
}

function upstreamOf(
  request: IncomingMessage,
  resolve: (name: ServiceName) => Upstream,
): Upstream & { readonly path: string } {
  if (!/^http:\/\//i.test(request.url ?? ""))
    throw new Error(
      `request for "${request.url}": this is a forward proxy; set it as HTTP_PROXY and ask for http://<service>/`,
    );
  const { hostname, port, pathname, search } = new URL(request.url ?? "");
  const name = serviceName(hostname, port === "" ? 80 : Number(port), callerOf(request));
  return { ...resolve(name), path: `${pathname}${search}` };
}

/** The user name of `Proxy-Authorization: Basic`; there is no password. */
function callerOf(request: IncomingMessage): string | undefined {
  const [scheme, credentials] = (request.headers["proxy-authorization"] ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || credentials === undefined) return undefined;
  return Buffer.from(credentials, "base64").toString("utf8").split(":")[0] || undefined;
}

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream & { readonly path: string },
  agent: Agent,
): void {
  const listed = (request.headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !ownHeaders.has(name) && !listed.includes(name)),
  );
  if (upstream.host !== undefined) headers["host"] = upstream.host;
  const { port, path } = upstream;
  const sent = httpRequest({ host: "127.0.0.1", port, path, method: request.method, headers, agent });
  sent.on("error", (error) => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, `${request.url}: the program behind it did not answer: ${error.message}`);
  });
  sent.on("response", (answer) => {
    const answered = Object.entries(answer.headers).filter(([name]) => !ownHeaders.has(name));
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(answered));
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  // A caller that hung up does not keep the program busy.
  response.on("close", () => sent.destroy());
  request.on("error", () => sent.destroy());
  request.pipe(sent);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}

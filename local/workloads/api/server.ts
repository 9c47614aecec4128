import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

import { z } from "zod";

import type { Service } from "../cluster/objects.ts";
import type { PodProcess } from "../pods/pod-process.ts";
import { applicationLabel, roleOf } from "../traffic/choose-way.ts";
import { rateLimits, rateSchema } from "../traffic/rates.ts";
import type { Rates } from "../traffic/rates.ts";
import type { Traffic } from "../traffic/tally.ts";

import type { PodInfo } from "./contract.ts";

export interface ApiOptions {
  readonly traffic: () => Traffic;
  readonly rates: Rates;
  readonly processes: () => readonly PodProcess[];
  readonly services: ReadonlyMap<string, Service>;
  /** Whether the cluster is known and the network serves. */
  readonly ready: () => boolean;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const putSchema = z.object({ rate: rateSchema });
const refusal = (status: number, error: string): Answer => ({ status, body: { error } });

/** The control API, JSON on loopback: `GET /healthz`, `/pods`, `/traffic`; `PUT /traffic/<namespace>/<application>`. */
export function apiServer(options: ApiOptions): Server {
  return createServer((request, response) => {
    void answer(options, request)
      .catch((error: unknown) => refusal(500, String(error)))
      .then(({ status, body }) => send(response, status, body));
  });
}

async function answer(options: ApiOptions, request: IncomingMessage): Promise<Answer> {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  // A web page whose name was made to lead here must not read or change anything.
  if (host !== "127.0.0.1" && host !== "localhost") return refusal(403, `host "${host}": expected 127.0.0.1`);
  const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
  const put = /^\/traffic\/([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(pathname);
  if (put !== null && request.method === "PUT") return setRate(options, request, `${put[1]}/${put[2]}`);
  if (request.method !== "GET") return refusal(405, `${request.method} ${pathname}: only GET, and PUT of a rate`);
  switch (pathname) {
    case "/healthz":
      return options.ready() ? { status: 200, body: { status: "ok" } } : refusal(503, "the cluster is not known yet");
    case "/traffic":
      return { status: 200, body: options.traffic() };
    case "/pods":
      return { status: 200, body: options.processes().map((one) => podInfo(one, options.services)) };
    default:
      return refusal(404, `path "${pathname}": expected /healthz, /pods or /traffic`);
  }
}

async function setRate(options: ApiOptions, request: IncomingMessage, key: string): Promise<Answer> {
  // Of all types this one a foreign page cannot send without asking first.
  if (!request.headers["content-type"]?.startsWith("application/json"))
    return refusal(415, 'expected the content type "application/json"');
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString("utf8");
    if (text.length > 1000) return refusal(413, "expected a body of at most 1000 characters");
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refusal(400, `body "${text}": expected JSON like {"rate": 5}`);
  }
  const parsed = putSchema.safeParse(body);
  if (!parsed.success)
    return refusal(400, `body "${text}": expected {"rate": <0 to ${rateLimits.highest} requests a second>}`);
  await options.rates.set(key, parsed.data.rate);
  return { status: 200, body: { rate: parsed.data.rate } };
}

function podInfo(process: PodProcess, services: ReadonlyMap<string, Service>): PodInfo {
  const { pod, port, report, terminating, serves } = process;
  const { namespace, name, labels = {} } = pod.metadata;
  const application = labels[applicationLabel] ?? "";
  const { running, waiting, terminated } = report.state;
  return {
    namespace,
    name,
    application,
    role: roleOf(process, application, services),
    ...(report.pid === undefined ? {} : { pid: report.pid }),
    ...(port === undefined ? {} : { port }),
    ready: serves,
    terminating,
    restarts: report.restartCount,
    state: running !== undefined ? "Running" : (waiting?.reason ?? terminated?.reason ?? "Unknown"),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}

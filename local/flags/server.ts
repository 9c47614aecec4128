import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

import type { FlagSets } from "./flag-sets.ts";
import { answerOfrep } from "./ofrep.ts";
import type { OfrepAnswer } from "./ofrep.ts";

/** Largest body of a request, in bytes: flagd's default (`max-request-body` in its flagd/cmd/start.go). */
const largestBody = 1_000_000;

/**
 * An OFREP server for all namespaces. Which one is meant says the name under which it was called,
 * `<service>.<namespace>...`; the service network puts it there for short names.
 */
export function flagServer(flagSets: FlagSets): Server {
  return createServer((request, response) => {
    void handle(flagSets, request).then((answer) => send(response, answer));
  });
}

async function handle(flagSets: FlagSets, request: IncomingMessage): Promise<OfrepAnswer> {
  const namespace = namespaceOf(request.headers.host ?? "");
  if (namespace === undefined) {
    const host = request.headers.host ?? "";
    const errorDetails = `host "${host}": says no namespace; call it as http://flagd.<namespace>:8016`;
    return { status: 400, body: { errorDetails } };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestBody) return { status: 413, body: { errorDetails: "request body too large" } };
      chunks.push(chunk);
    }
  } catch (error) {
    return { status: 400, body: { errorDetails: `the request broke off: ${String(error)}` } };
  }
  const body = Buffer.concat(chunks).toString("utf8");
  const ifNoneMatch = request.headers["if-none-match"];
  return answerOfrep(flagSets, namespace, { method: request.method ?? "", url: request.url ?? "/", ifNoneMatch, body });
}

/** `flagd.dev:8016` and `flagd.dev.svc.cluster.local` are "dev"; an address or a name without a dot is none. */
export function namespaceOf(host: string): string | undefined {
  const name = host.replace(/:\d+$/, "");
  return /^\d+(\.\d+){3}$/.test(name) ? undefined : name.split(".")[1];
}

function send(response: ServerResponse, { status, headers, body }: OfrepAnswer): void {
  const type = body === undefined ? {} : { "content-type": "application/json" };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

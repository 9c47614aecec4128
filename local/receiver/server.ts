import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";

import { parseEvent } from "../../cli/recovery/index.ts";
import type { RecoveryEvent } from "../../cli/recovery/index.ts";

/** Largest body in bytes: what GitHub takes for a dispatch, twice. */
const limit = 128 * 1024;

export interface ReportServerArgs {
  readonly token: string;
  /** Keeps a report; it is acknowledged when this is done. */
  readonly take: (event: RecoveryEvent) => Promise<void>;
}

function isTrusted(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new Error(`a report has at most ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * Takes reports as GitHub takes dispatches: POST /reports, 204 when it is on disk. GET /health answers 200. A report
 * that is none is answered by 400, which Argo CD does not repeat; trouble of ours by 503, which it does.
 */
export function reportServer({ token, take }: ReportServerArgs): Server {
  const answer = async (request: IncomingMessage): Promise<{ readonly status: number; readonly text?: string }> => {
    if (request.url === "/health" && request.method === "GET") return { status: 200, text: "ok" };
    if (request.url !== "/reports" || request.method !== "POST") return { status: 404, text: "POST /reports" };
    if (!isTrusted(request, token)) return { status: 401, text: "the token is not that of this platform" };
    let event: RecoveryEvent;
    try {
      event = parseEvent(JSON.parse(await bodyOf(request)));
    } catch (error) {
      return { status: 400, text: (error as Error).message };
    }
    await take(event);
    return { status: 204 };
  };
  return createServer((request, response) => {
    void answer(request)
      .catch((error: unknown) => ({ status: 503, text: String(error) }))
      .then(({ status, text }: { readonly status: number; readonly text?: string }) => {
        if (status >= 400) console.error(`${request.method} ${request.url}: ${status} ${text ?? ""}`);
        // What was not read would hold the connection.
        request.resume();
        response.writeHead(status, { "content-type": "text/plain" }).end(text);
      });
  });
}

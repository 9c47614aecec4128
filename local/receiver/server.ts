import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";

import { parseEvent } from "../../cli/recovery/index.ts";
import type { RecoveryEvent } from "../../cli/recovery/index.ts";

import { flaggerKey } from "./address.ts";
import { parseAlert } from "./alert.ts";
import type { Alert } from "./alert.ts";
import { parseFlaggerEvent } from "./flagger-event.ts";
import type { FlaggerEvent } from "./flagger-event.ts";

/** Largest body in bytes: what GitHub takes for a dispatch, twice. */
const limit = 128 * 1024;

export interface ReportServerArgs {
  readonly token: string;
  /** Keeps a report; it is acknowledged when this is done. */
  readonly take: (event: RecoveryEvent) => Promise<void>;
  /** Writes an alert down. */
  readonly alert: (alert: Alert) => Promise<void>;
  /** Writes down what a check of a release found. */
  readonly find: (event: FlaggerEvent) => Promise<void>;
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
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

interface Answer {
  readonly status: number;
  readonly text?: string;
}

async function read<T>(
  request: IncomingMessage,
  parse: (value: unknown) => T,
  take: (content: T) => Promise<void>,
  done: Answer,
): Promise<Answer> {
  let content: T;
  try {
    content = parse(JSON.parse(await bodyOf(request)));
  } catch (error) {
    return { status: 400, text: (error as Error).message };
  }
  await take(content);
  return done;
}

/**
 * Takes reports as GitHub takes dispatches: POST /reports, 204 when it is on disk. GET /health answers 200. A report
 * that is none is answered by 400, which Argo CD does not repeat; trouble of ours by 503, which it does. Takes Flagger's
 * alerts as Slack takes messages, POST /alerts/<key>, and its Events, POST /events/<key>: 200 when they are written down.
 */
export function reportServer({ token, take, alert, find }: ReportServerArgs): Server {
  const key = flaggerKey(token);
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (request.url === "/health" && request.method === "GET") return { status: 200, text: "ok" };
    const written = { status: 200, text: "ok" };
    if (request.method === "POST" && isSame(request.url ?? "", `/alerts/${key}`)) {
      return read(request, parseAlert, alert, written);
    }
    if (request.method === "POST" && isSame(request.url ?? "", `/events/${key}`)) {
      return read(request, parseFlaggerEvent, find, written);
    }
    if (request.url !== "/reports" || request.method !== "POST") return { status: 404, text: "POST /reports" };
    if (!isSame(request.headers.authorization ?? "", `Bearer ${token}`)) {
      return { status: 401, text: "the token is not that of this platform" };
    }
    return read(request, parseEvent, take, { status: 204 });
  };
  return createServer((request, response) => {
    void answer(request)
      .catch((error: unknown) => ({ status: 503, text: String(error) }))
      .then(({ status, text }: Answer) => {
        // Of the address its first part alone: the second may be the key.
        const path = request.url?.split("/")[1] ?? "";
        if (status >= 400) console.error(`${request.method} /${path}: ${status} ${text ?? ""}`);
        // What was not read would hold the connection.
        request.resume();
        response.writeHead(status, { "content-type": "text/plain" }).end(text);
      });
  });
}

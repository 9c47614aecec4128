import { request as send } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from "node:http";
import { createInterface } from "node:readline";

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: () => unknown;
}

export type Headers = Readonly<Record<string, string>>;

/** Not `fetch`, which does not let anybody say another Host than the one it goes to, nor send a path as it is. */
function open(
  base: URL,
  path: string,
  { method = "GET", headers }: RequestOptions,
  body?: string,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { host: base.hostname, port: base.port, path, method, headers, agent: false };
    send(options, resolve).once("error", reject).end(body);
  });
}

export async function ask(base: URL, path: string, options: RequestOptions = {}, body?: string): Promise<Answer> {
  const response = await open(base, path, options, body);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as unknown,
  };
}

/** One server-sent event (WHATWG HTML, "Server-sent events"). */
export interface ServerEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** An open stream of events. */
export interface Events {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Waits for the next one; undefined at the end. */
  readonly next: () => Promise<ServerEvent | undefined>;
  readonly close: () => void;
}

export async function listen(base: URL, path: string, headers: Headers): Promise<Events> {
  const response = await open(base, path, { headers: { ...headers, accept: "text/event-stream" } });
  // Closing it from here is no failure.
  response.on("error", () => undefined);
  const lines = createInterface({ input: response, crlfDelay: Infinity });
  lines.on("error", () => undefined);
  const line = lines[Symbol.asyncIterator]();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    close: () => response.destroy(),
    next: async () => {
      const fields = new Map<string, string>();
      for (;;) {
        // A server that goes breaks the stream off.
        const read: IteratorResult<string, undefined> = await line
          .next()
          .catch(() => ({ done: true, value: undefined }));
        if (read.done === true) return undefined;
        const { value } = read;
        if (value === "" && fields.has("data")) break;
        const [, name = "", text = ""] = /^(\w+): ?(.*)$/.exec(value) ?? [];
        if (name !== "") fields.set(name, text);
      }
      return { event: fields.get("event") ?? "", id: fields.get("id") ?? "", data: fields.get("data") ?? "" };
    },
  };
}

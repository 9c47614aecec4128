import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came in. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How to reply; nothing written means never. */
export type Reply = (response: ServerResponse, received: Received) => void;

/** A server on loopback that plays the API of a language model. */
export interface ModelServer {
  readonly url: string;
  readonly received: readonly Received[];
  readonly close: () => Promise<void>;
}

/** Starts one; the replies are used in turn, the last one again and again. */
export async function startModel(...replies: readonly Reply[]): Promise<ModelServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      received.push({ path: request.url ?? "", headers: request.headers, body });
      const reply = replies[Math.min(received.length, replies.length) - 1];
      const last = received.at(-1);
      if (last !== undefined) reply?.(response, last);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A chat completion of OpenAI with this text. */
export const completion =
  (text: string): Reply =>
  (response) =>
    json(response, 200, {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 0,
      model: "m",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }],
    });

/** A message of Anthropic with this text. */
export const message =
  (text: string): Reply =>
  (response) =>
    json(response, 200, {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "m",
      content: [{ type: "text", text }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    });

/** Any status and body. */
export const status =
  (code: number, body: object | string): Reply =>
  (response) =>
    json(response, code, body);

function json(response: ServerResponse, code: number, body: object | string): void {
  response.writeHead(code, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";

import { z } from "zod";

import { milliseconds } from "../../infra/calendar/duration.ts";

import type { Choice, PreviewParameters } from "./branches.ts";

/** Largest question in bytes; Argo CD's are a few hundred. */
const limit = 64 * 1024;

/**
 * What the ApplicationSet controller asks (applicationset/services/plugin/plugin_service.go of argoproj/argo-cd v3.5.7):
 * `input.parameters` as infra/delivery/preview-generator.ts writes them.
 */
const question = z.looseObject({
  input: z.looseObject({
    parameters: z.strictObject({
      prefix: z.string().min(1),
      lifetime: z.string().regex(/^(?=\d)(\d+h)?(\d+m)?(\d+s)?$/),
      maximum: z.int().min(1),
    }),
  }),
});

export interface GeneratorServerArgs {
  readonly token: string;
  readonly list: (choice: Omit<Choice, "now">) => Promise<readonly PreviewParameters[]>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Answers Argo CD's Plugin generator: POST /api/v1/getparams.execute. GET /health answers 200. Any answer but 200 is an
 * error to Argo CD, which then leaves the previews as they are.
 */
export function generatorServer({ token, list }: GeneratorServerArgs): Server {
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (request.method === "GET" && request.url === "/health") return { status: 200, body: "ok" };
    if (request.method !== "POST" || request.url !== "/api/v1/getparams.execute") {
      return { status: 404, body: { error: "POST /api/v1/getparams.execute" } };
    }
    if (!isSame(request.headers.authorization ?? "", `Bearer ${token}`)) {
      return { status: 401, body: { error: "the token is not that of this platform" } };
    }
    const parsed = question.safeParse(await bodyOf(request));
    if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
    const { prefix, lifetime, maximum } = parsed.data.input.parameters;
    const parameters = await list({ prefix, lifetime: milliseconds(lifetime) / 1000, maximum });
    return { status: 200, body: { output: { parameters } } };
  };
  return createServer((request, response) => {
    void answer(request)
      .catch((error: unknown): Answer => ({ status: 503, body: { error: String(error) } }))
      .then(({ status, body }) => {
        if (status >= 400) console.error(`${request.method} ${request.url}: ${status} ${JSON.stringify(body)}`);
        // What was not read would hold the connection.
        request.resume();
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
  });
}

/** Undefined for what is no JSON or too long. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

import { z } from "zod";

import { AdviceError } from "./adviser.ts";

/** Bytes of an answer from which it is no answer: some hundred times what the token limits allow. */
const maxBytes = 1_000_000;

/** One request to an API. */
export interface Post<T> {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
  /** The shape that the answer must have. */
  readonly schema: z.ZodType<T>;
  readonly signal: AbortSignal;
}

/**
 * Posts JSON and checks what comes back. Redirects are not followed: they would take the key elsewhere.
 * @throws AdviceError; temporary for 408, 409, 429 and 5xx (what the services' own SDKs try again) and broken connections
 */
export async function post<T>({ url, headers, body, schema, signal }: Post<T>): Promise<T> {
  const text = await send(url, { headers, body, signal });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new AdviceError(`${hostOf(url)}: the answer is no JSON: "${text.slice(0, 80)}"`, false);
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new AdviceError(
    `${hostOf(url)}: the answer has not the expected form: ${z.prettifyError(result.error)}`,
    false,
  );
}

async function send(url: string, { headers, body, signal }: Pick<Post<unknown>, "headers" | "body" | "signal">) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "accept": "application/json", ...headers },
      body: JSON.stringify(body),
      redirect: "error",
      signal,
    });
    const text = await limited(response);
    if (response.ok) return text;
    const temporary = [408, 409, 429].includes(response.status) || response.status >= 500;
    throw new AdviceError(`${hostOf(url)}: status ${response.status}: "${text.slice(0, 200)}"`, temporary);
  } catch (error) {
    if (error instanceof AdviceError || signal.aborted) throw error;
    // "fetch failed" says nothing; its cause does.
    const { message, cause } = error as { readonly message: string; readonly cause?: { readonly message?: string } };
    throw new AdviceError(`${hostOf(url)}: ${message}${cause?.message ? `: ${cause.message}` : ""}`, true);
  }
}

async function limited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AdviceError(`the answer is longer than ${maxBytes} bytes`, false);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function hostOf(url: string): string {
  return new URL(url).host;
}

import { createHash } from "node:crypto";

import type { EvaluationContext } from "@openfeature/core";
import { z } from "zod";

import { evaluate, isFailure } from "./evaluate.ts";
import type { FlagSets } from "./flag-sets.ts";

/** A request, as far as the protocol looks at it. */
export interface OfrepRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly ifNoneMatch?: string | undefined;
  readonly body: string;
}

export interface OfrepAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** As JSON; undefined for an answer without a body. */
  readonly body?: unknown;
}

const requestSchema = z.object({ context: z.record(z.string(), z.unknown()).optional() });
const bulkPath = /^\/ofrep\/v1\/evaluate\/flags\/?$/;
const singlePath = /^\/ofrep\/v1\/evaluate\/flags\/([^/]+)$/;

/** The OpenFeature Remote Evaluation Protocol, version 0.3.0 (open-feature/protocol, service/openapi.yaml). */
export function answerOfrep(flagSets: FlagSets, namespace: string, request: OfrepRequest): OfrepAnswer {
  const url = new URL(request.url, "http://flagd");
  const single = singlePath.exec(url.pathname);
  if (single === null && !bulkPath.test(url.pathname))
    return general(404, `no such path: "${url.pathname}"; flags are at POST /ofrep/v1/evaluate/flags[/<key>]`);
  if (request.method !== "POST")
    return { ...general(405, "flags are evaluated with POST"), headers: { allow: "POST" } };
  let key: string | undefined;
  try {
    key = single?.[1] === undefined ? undefined : decodeURIComponent(single[1]);
  } catch {
    return general(400, `path "${url.pathname}": not percent-encoded as a URL should be`);
  }
  const context = readContext(request.body);
  if (context === undefined) {
    const failure = { errorCode: "INVALID_CONTEXT", errorDetails: 'the body is not JSON like {"context": {...}}' };
    return { status: 400, body: key === undefined ? failure : { key, ...failure } };
  }
  return key === undefined
    ? answerBulk(flagSets, namespace, context, url.searchParams.get("flagConfigEtag") ?? request.ifNoneMatch)
    : answerSingle(flagSets, namespace, key, context);
}

function answerSingle(flagSets: FlagSets, namespace: string, key: string, context: EvaluationContext): OfrepAnswer {
  const result = evaluate(key, flagSets.flag(namespace, key), context);
  if (!isFailure(result)) return { status: 200, body: result };
  return { status: result.errorCode === "FLAG_NOT_FOUND" ? 404 : 400, body: result };
}

function answerBulk(
  flagSets: FlagSets,
  namespace: string,
  context: EvaluationContext,
  known: string | undefined,
): OfrepAnswer {
  // The answer depends on both, so a client that has another context must not be told that nothing changed.
  const digest = createHash("sha256").update(flagSets.version(namespace)).update(JSON.stringify(context)).digest("hex");
  const etag = `"${digest}"`;
  if (known !== undefined && isListed(etag, known)) return { status: 304, headers: { etag } };
  // A failure is one of its flag alone.
  const flags = [...flagSets.flags(namespace)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, flag]) => evaluate(key, flag, context));
  return { status: 200, headers: { etag }, body: { flags } };
}

/** If-None-Match (RFC 9110): a list of tags, weak ones compared like strong ones, or `*`. Tags without quotes as flagd takes them. */
function isListed(etag: string, header: string): boolean {
  const bare = (tag: string): string => tag.trim().replace(/^W\//, "").replaceAll('"', "");
  return header.split(",").some((tag) => tag.trim() === "*" || bare(tag) === bare(etag));
}

/** @returns undefined when the body is no request; an empty body is one with an empty context, as for flagd */
function readContext(body: string): EvaluationContext | undefined {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(body.trim() === "" ? "{}" : body));
    return parsed.success ? ((parsed.data.context ?? {}) as EvaluationContext) : undefined;
  } catch {
    return undefined;
  }
}

function general(status: number, errorDetails: string): OfrepAnswer {
  return { status, body: { errorDetails } };
}

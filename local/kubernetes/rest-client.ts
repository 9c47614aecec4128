import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";

import pRetry from "p-retry";

import { ApiError } from "./api-error.ts";
import { readKubeconfig } from "./kubeconfig.ts";

/** An object as the API server has it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
  readonly [field: string]: unknown;
}

export interface WatchEvent<T> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: T;
}

export type Query = Readonly<Record<string, string | number | boolean>>;

export interface RestClient {
  /** Rejects with ApiError for an answer that is not 2xx. */
  get<T>(path: string, query?: Query): Promise<T>;
  /** `contentType` says which kind of patch: "application/merge-patch+json", "application/apply-patch+yaml", ... */
  patch<T>(path: string, body: unknown, contentType: string, query?: Query): Promise<T>;
  post<T>(path: string, body: unknown, query?: Query): Promise<T>;
  put<T>(path: string, body: unknown, query?: Query): Promise<T>;
  delete<T>(path: string, query?: Query): Promise<T>;
  /** Ends when the server ends it or `signal` aborts; never rejects because of the abort. */
  watch<T>(path: string, query: Query, signal: AbortSignal): AsyncGenerator<WatchEvent<T>>;
  /** Closes kept connections, so that the process can end. */
  close(): void;
}

/** How long one request (not a watch) may take, in milliseconds. */
const requestTimeout = 30_000;

/**
 * A plain client of a Kubernetes API: bytes in, JSON out, certificates verified.
 *
 * @kubernetes/client-node is not used here for two reasons. Importing it takes about a second, which the hook of
 * every push would pay. And its typed serialiser leaves out fields that its model does not know, such as the
 * `x-kubernetes-*` fields of a CRD given as YAML, where an apply has to send what the file says.
 */
export function restClient(kubeconfig: string): RestClient {
  const access = readKubeconfig(kubeconfig);
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 16,
    ...(access.ca === undefined ? {} : { ca: access.ca }),
    ...(access.certificate === undefined ? {} : { cert: access.certificate }),
    ...(access.key === undefined ? {} : { key: access.key }),
  });

  function open(method: string, path: string, query: Query, body: unknown, contentType: string, signal?: AbortSignal) {
    const url = new URL(path, access.server);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers: Record<string, string | number> = { accept: "application/json" };
    if (payload) Object.assign(headers, { "content-type": contentType, "content-length": payload.length });
    if (access.token) headers["authorization"] = `Bearer ${access.token}`;
    const sent = request(url, { method, agent, headers, ...(signal ? { signal } : {}) });
    sent.end(payload);
    return sent;
  }

  async function call<T>(method: string, path: string, query: Query = {}, body?: unknown, type = "application/json") {
    const sent = open(method, path, query, body, type);
    sent.setTimeout(requestTimeout, () =>
      sent.destroy(new Error(`${method} ${path}: no answer from "${access.server.host}" within ${requestTimeout} ms`)),
    );
    return new Promise<T>((resolve, reject) => {
      sent.on("error", reject);
      sent.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const status = response.statusCode ?? 0;
          if (status < 200 || status > 299) return reject(ApiError.from(method, path, status, text));
          resolve(JSON.parse(text) as T);
        });
      });
    });
  }

  async function* watch<T>(path: string, query: Query, signal: AbortSignal): AsyncGenerator<WatchEvent<T>> {
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const sent = open("GET", path, { ...query, watch: true }, undefined, "", signal);
        sent.on("error", reject);
        sent.on("response", resolve);
      });
      // Abort shows as an error of the response too; without a listener it would end the process.
      response.on("error", () => undefined);
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        response.resume();
        throw new ApiError("GET", path, status, "Unknown", `watch refused with status ${status}`);
      }
      const lines = createInterface({ input: response, crlfDelay: Infinity });
      // readline passes the response's error on, also when nobody reads any more.
      lines.on("error", () => undefined);
      for await (const line of lines) {
        if (signal.aborted) return;
        if (line) yield JSON.parse(line) as WatchEvent<T>;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  // 429 is no refusal but "later": the storage of a new CRD is not ready, or there is too much to do at once.
  const patiently = <T>(...args: Parameters<typeof call>): Promise<T> =>
    pRetry(() => call<T>(...args), {
      retries: 10,
      minTimeout: 100,
      maxTimeout: 1000,
      shouldRetry: ({ error }) => error instanceof ApiError && error.status === 429,
    });

  return {
    get: (path, query) => patiently("GET", path, query),
    patch: (path, body, contentType, query) => patiently("PATCH", path, query, body, contentType),
    post: (path, body, query) => patiently("POST", path, query, body),
    put: (path, body, query) => patiently("PUT", path, query, body),
    delete: (path, query) => patiently("DELETE", path, query),
    watch,
    close: () => agent.destroy(),
  };
}

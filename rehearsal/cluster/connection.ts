import { request as sendRequest, Agent, type RequestOptions } from "node:https";

import { KubeConfig } from "@kubernetes/client-node";

import { RehearsalError } from "../errors.ts";

import { toServerError } from "./server-error.ts";

/** Which cluster. */
export interface ClusterOptions {
  /** Path of a kubeconfig file. */
  readonly kubeconfig: string;
  /** A context in it. Default: its current context. */
  readonly context?: string | undefined;
}

/** What to ask for. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With the query, such as `/api/v1/namespaces?limit=1`. */
  readonly path: string;
  readonly body?: unknown;
  /** Default: application/json. */
  readonly contentType?: string | undefined;
}

/** More connections than this make an API server on a small machine slower, not faster. */
const maxConnections = 8;

/**
 * An API server, over connections that are kept open.
 *
 * Objects go through it as they are: the typed client of @kubernetes/client-node opens a connection for each request
 * and drops fields that its generated models do not know.
 */
export class Connection {
  /** Where objects without a namespace go: the context's namespace, else `default`. */
  readonly defaultNamespace: string;
  private readonly server: URL;
  private readonly agent: Agent;
  private readonly config: KubeConfig;
  private readonly signal: AbortSignal | undefined;

  /** @throws RehearsalError when the kubeconfig or its context is missing. */
  constructor({ kubeconfig, context }: ClusterOptions, signal?: AbortSignal) {
    this.config = new KubeConfig();
    try {
      this.config.loadFromFile(kubeconfig);
    } catch (error) {
      throw new RehearsalError(`kubeconfig "${kubeconfig}": ${(error as Error).message}`, { cause: error });
    }
    if (context !== undefined) this.config.setCurrentContext(context);
    const cluster = this.config.getCurrentCluster();
    if (cluster === null) {
      const known = this.config.getContexts().map(({ name }) => name);
      const given = this.config.getCurrentContext();
      throw new RehearsalError(`kubeconfig "${kubeconfig}": no context "${given}"; contexts: ${known.join(", ")}`);
    }
    this.server = new URL(cluster.server);
    this.agent = new Agent({ keepAlive: true, maxSockets: maxConnections });
    this.defaultNamespace = this.config.getContextObject(this.config.getCurrentContext())?.namespace ?? "default";
    this.signal = signal;
  }

  /** Sends a request; the body of the answer is JSON. @throws ServerError for a status of 400 or more. */
  async send({ method, path, body, contentType = "application/json" }: ApiRequest): Promise<unknown> {
    const options: RequestOptions = { method, headers: { accept: "application/json" } };
    await this.config.applyToHTTPSOptions(options);
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const length = { "content-type": contentType, "content-length": Buffer.byteLength(payload ?? "") };
    const headers = { ...options.headers, ...(payload === undefined ? {} : length) } as Record<string, string>;
    const url = new URL(this.server.href.replace(/\/$/, "") + path);
    const { status, text } = await this.exchange(url, { ...options, headers, agent: this.agent }, payload);
    if (status >= 400) throw toServerError(status, text);
    return JSON.parse(text) as unknown;
  }

  /** Closes what is open. */
  close(): void {
    this.agent.destroy();
  }

  private exchange(url: URL, options: RequestOptions, payload?: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const onError = (error: Error): void => {
        if (this.signal?.aborted) reject(this.signal.reason as Error);
        else reject(new RehearsalError(`${url.origin}: ${error.message}`, { cause: error }));
      };
      // A signal of its own for each: a request listens to its signal until it ends, and Node takes more than ten
      // listeners of one signal for a leak.
      const abortable = this.signal === undefined ? options : { ...options, signal: AbortSignal.any([this.signal]) };
      const outgoing = sendRequest(url, abortable, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", onError);
        incoming.on("end", () => {
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") });
        });
      });
      outgoing.on("error", onError);
      outgoing.end(payload);
    });
  }
}

import { request } from "node:https";
import type { RequestOptions } from "node:https";

import { KubeConfig } from "@kubernetes/client-node";

import { ConflictError } from "../cluster/conflict.ts";
import { UsageError } from "../errors.ts";

/** One request to a Kubernetes API as the user of a kubeconfig; `undefined` for what is not there (404). */
export type KubernetesRequest = (
  method: "GET" | "POST" | "PATCH",
  path: string,
  body?: unknown,
) => Promise<string | undefined>;

/** How long an answer may take, in milliseconds. */
const timeout = 30_000;

/**
 * Connects as kubectl would, exec plug-ins such as that of EKS included.
 * @throws UsageError when there is no such kubeconfig or context
 */
export function connect(file: string | undefined, context: string | undefined): KubernetesRequest {
  return requestsAs(userConfig(file, context));
}

/**
 * The kubeconfig that kubectl would take, or another file, with a context that has a cluster.
 * @throws UsageError when there is none
 */
export function userConfig(file: string | undefined, context: string | undefined): KubeConfig {
  const config = new KubeConfig();
  try {
    if (file === undefined) config.loadFromDefault();
    else config.loadFromFile(file);
  } catch (error) {
    throw new UsageError(`--kubeconfig "${file ?? "default"}": cannot be read: ${(error as Error).message}`);
  }
  if (context !== undefined) config.setCurrentContext(context);
  if (config.getCurrentCluster() === null) {
    throw new UsageError(
      `--context "${config.getCurrentContext()}": no cluster; kubectl config get-contexts lists them`,
    );
  }
  return config;
}

/** Requests as the user of a kubeconfig's current context. */
export function requestsAs(config: KubeConfig): KubernetesRequest {
  const server = config.getCurrentCluster()?.server ?? "";
  return async (method, path, body) => {
    const url = new URL(`${server.replace(/\/$/, "")}${path}`);
    const payload = body === undefined ? undefined : JSON.stringify(body);
    // A patch is a merge of objects (RFC 7386); the API server takes no plain JSON for one.
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    const headers = { accept: "application/json", ...(payload === undefined ? {} : { "content-type": type }) };
    const options: RequestOptions = { method, headers, timeout };
    await config.applyToHTTPSOptions(options);
    return new Promise((resolve, reject) => {
      const sent = request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const status = response.statusCode ?? 0;
          if (status === 404) resolve(undefined);
          else if (status >= 200 && status < 300) resolve(text);
          else {
            const words = `${method} ${url.host}${path}: ${status}: ${text.slice(0, 300)}`;
            reject(status === 409 ? new ConflictError(words) : new UsageError(words));
          }
        });
      });
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${timeout} ms`)));
      sent.on("error", (error) => reject(new UsageError(`"${server}" does not answer: ${error.message}`)));
      sent.end(payload);
    });
  };
}

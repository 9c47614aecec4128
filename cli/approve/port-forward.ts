import { request } from "node:http";
import { Duplex, PassThrough } from "node:stream";

import type { KubeConfig } from "@kubernetes/client-node";
import { PortForward } from "@kubernetes/client-node";

import { UsageError } from "../errors.ts";

/** A port of a pod that speaks HTTP. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

export interface PodAnswer {
  readonly status: number;
  readonly text: string;
}

/** How long all of it may take, in milliseconds. */
const timeout = 30_000;

/**
 * Posts JSON to a pod, through the API server and the node's kubelet. The node connects to the port on "localhost" inside
 * the pod (containerd, pkg/cri/server/sandbox_portforward_linux.go), so that no NetworkPolicy is in the way. A WebSocket
 * carries it (k8s.io/cri-streaming v0.36.1, pkg/streaming/portforward/websocket.go).
 *
 * The API server asks for "get" on pods/portforward, because a WebSocket begins with a GET, and from 1.35 on for "create"
 * too (k8s.io/kubernetes v1.36.3, pkg/registry/core/pod/rest/subresources.go).
 * @throws UsageError when it is refused, or the pod does not answer
 */
export async function postToPod(config: KubeConfig, to: PodPort, path: string, content: unknown): Promise<PodAnswer> {
  const [toPod, fromPod, complaints] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const connection = Duplex.from({ readable: fromPod, writable: toPod });
  // Whoever waits is told by the request; without a listener it would end the process.
  connection.on("error", () => undefined);
  complaints.on("data", (words: Buffer) => connection.destroy(new Error(words.toString("utf8"))));
  const where = `pod ${to.namespace}/${to.pod}`;
  const signal = AbortSignal.timeout(timeout);
  const socket = await within(
    signal,
    new PortForward(config).portForward(to.namespace, to.pod, [to.port], fromPod, complaints, toPod),
  ).catch((error: unknown) => {
    throw new UsageError(`${where}: no port-forward: ${wordsOf(error)}; ${neededRights(to)}`);
  });
  if (typeof socket === "function") throw new Error("a port-forward that was not to be restarted can be");
  socket.addEventListener("close", () => fromPod.end());
  try {
    return await post(connection, path, content, signal);
  } catch (error) {
    throw new UsageError(`${where}: port ${to.port} does not answer: ${wordsOf(error)}`);
  } finally {
    // Not `close`, which waits for the other side.
    socket.terminate();
  }
}

function post(connection: Duplex, path: string, content: unknown, signal: AbortSignal): Promise<PodAnswer> {
  const body = JSON.stringify(content);
  const headers = {
    "host": "localhost",
    "connection": "close",
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ method: "POST", path, headers, signal, createConnection: () => connection }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** The package takes no signal. */
function within<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}

/** A WebSocket that does not come about gives an ErrorEvent, which is no Error. */
function wordsOf(error: unknown): string {
  const { message } = error as { readonly message?: unknown };
  return typeof message === "string" && message !== "" ? message : String(error);
}

export const neededRights = ({ namespace }: Pick<PodPort, "namespace">): string =>
  `it needs the rights "get" and "create" on pods/portforward in namespace "${namespace}"`;

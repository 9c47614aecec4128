import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { issue, writeKubeconfig } from "../../../local/certificates/index.ts";
import { layout, prepareLayout } from "../../../local/layout.ts";
import { temporaryFolder } from "../plan/gitops.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** What the stand-in for an API server has. */
export interface KubernetesServer {
  /** For `--kubeconfig`. */
  readonly kubeconfig: string;
  /** For `--local`: a folder with the same kubeconfig where a platform would have it. */
  readonly directory: string;
  /** Answers by path; a path that is not here is not there (404). Tests change them. */
  readonly answers: Map<string, unknown>;
  /** Statuses other than 200, by path, or by method and path. */
  readonly refusals: Map<string, number>;
  /** Every request: method and path. */
  readonly requests: string[];
  /** Plays a controller: called after a PATCH with the path and the object as it is then. */
  onPatch: (path: string, object: JsonObject) => void;
  /** Answers a POST before `answers` are asked: the status and the object. Default: not at all. */
  onPost: (path: string, object: JsonObject) => readonly [status: number, body: JsonObject] | undefined;
  readonly close: () => Promise<void>;
}

/** Starts a server on loopback that plays an API server: TLS, client certificates, JSON. */
export async function startKubernetes(): Promise<KubernetesServer> {
  const paths = layout(join(temporaryFolder(), "platform"));
  await prepareLayout(paths);
  const alternativeNames = ["localhost", "127.0.0.1"];
  const pair = await issue(paths, {
    file: "s",
    authority: "ca",
    commonName: "s",
    usages: ["server"],
    alternativeNames,
  });
  const answers = new Map<string, unknown>();
  const refusals = new Map<string, number>();
  const requests: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url = "/" } = request;
    requests.push(`${method} ${url}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (method === "PATCH" && answers.has(url) && !refusals.has(`PATCH ${url}`)) {
      const merged = merge(answers.get(url), body(chunks)) as JsonObject;
      answers.set(url, merged);
      played.onPatch(url, merged);
    }
    const posted = method === "POST" ? played.onPost(url, body(chunks)) : undefined;
    if (posted !== undefined) {
      response.writeHead(posted[0], { "content-type": "application/json" });
      response.end(JSON.stringify(posted[1]));
      return;
    }
    const status = refusals.get(`${method} ${url}`) ?? refusals.get(url) ?? (answers.has(url) ? 200 : 404);
    response.writeHead(status, { "content-type": "application/json" });
    const failure = { kind: "Status", status: "Failure", code: status, message: `${url} is refused by the test` };
    response.end(JSON.stringify(status === 200 ? answers.get(url) : failure));
  };
  const server = createServer({ cert: pair.certificate, key: pair.key }, (request, response) => {
    void answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await writeKubeconfig(paths, { path: paths.kubeconfig, server: `https://127.0.0.1:${port}`, name: "tester" });
  const played: KubernetesServer = {
    onPatch: () => undefined,
    onPost: () => undefined,
    kubeconfig: paths.kubeconfig,
    directory: paths.directory,
    answers,
    refusals,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return played;
}

const body = (chunks: readonly Buffer[]) => JSON.parse(Buffer.concat(chunks).toString() || "{}") as JsonObject;

/** As the API server merges (RFC 7386). */
function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = typeof target === "object" ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

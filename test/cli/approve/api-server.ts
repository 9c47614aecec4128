import { once } from "node:events";
import { createServer as createPlainServer } from "node:http";
import type { Server } from "node:http";
import { createServer } from "node:https";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";

import { issue, writeKubeconfig } from "../../../local/certificates/index.ts";
import { layout, prepareLayout } from "../../../local/layout.ts";
import { temporaryFolder } from "../plan/gitops.ts";

/** A cluster with a load tester in a pod: an API server and a kubelet's port-forward, and what answers behind it. */
export interface Cluster {
  readonly kubeconfig: string;
  /** Answers of the API by path; without one it is not there (404). Tests change them. */
  readonly objects: Map<string, unknown>;
  /** What was merged into objects. */
  readonly patches: { readonly path: string; readonly body: unknown }[];
  /** Told of each patch before it is answered, for what a controller would do then. */
  onPatch: (path: string, body: unknown) => void;
  /** What came through the port-forward: path and body. */
  readonly gates: { readonly path: string; readonly body: unknown }[];
  /** Methods and paths of port-forwards that were asked for. */
  readonly forwards: string[];
  /** How the next port-forwards go. Default `forwarded`. */
  mode: "forwarded" | "forbidden" | "nobody-listens" | "cut-off";
  /** Status of the load tester's answers. Default 202, as it has it. */
  gateStatus: number;
  readonly close: () => Promise<void>;
}

const listen = async (server: Server): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};

export async function startCluster(): Promise<Cluster> {
  const paths = layout(join(temporaryFolder(), "platform"));
  await prepareLayout(paths);
  const alternativeNames = ["localhost", "127.0.0.1"];
  const { certificate, key } = await issue(paths, {
    file: "s",
    authority: "ca",
    commonName: "s",
    usages: ["server"],
    alternativeNames,
  });
  const loadtester = createPlainServer((request, response) => {
    void text(request).then((body) => {
      cluster.gates.push({ path: request.url ?? "", body: JSON.parse(body) as unknown });
      response.writeHead(cluster.gateStatus).end();
    });
  });
  const port = await listen(loadtester);
  const api = createServer({ cert: certificate, key }, (request, response) => {
    const { url = "", method } = request;
    void text(request).then((sent) => {
      if (method === "PATCH") {
        const body = JSON.parse(sent) as unknown;
        cluster.patches.push({ path: url, body });
        cluster.onPatch(url, body);
      }
      const found = cluster.objects.get(url);
      response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(found ?? { kind: "Status", code: 404 }));
    });
  });
  const sockets = new WebSocketServer({
    noServer: true,
    // The newest that a kubelet knows (k8s.io/cri-streaming v0.36.1, pkg/streaming/portforward/websocket.go).
    handleProtocols: (offered) => (offered.has("v4.channel.k8s.io") ? "v4.channel.k8s.io" : false),
  });
  api.on("upgrade", (request, socket, head) => {
    cluster.forwards.push(`${request.method} ${request.url}`);
    if (cluster.mode === "forbidden") return void socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (opened) => forward(opened, port, cluster.mode));
  });
  const kubeconfig = paths.kubeconfig;
  const cluster: Cluster = {
    kubeconfig,
    objects: new Map(),
    patches: [],
    onPatch: () => undefined,
    gates: [],
    forwards: [],
    mode: "forwarded",
    gateStatus: 202,
    close: async () => {
      sockets.clients.forEach((client) => client.terminate());
      for (const server of [api, loadtester]) {
        server.closeAllConnections();
        server.close();
      }
      await Promise.all([once(api, "close"), once(loadtester, "close")]);
    },
  };
  const server = `https://127.0.0.1:${await listen(api)}`;
  await writeKubeconfig(paths, { path: kubeconfig, server, name: "tester" });
  return cluster;
}

/** Two channels, data and error; the first message of each is the port (the same file of k8s.io/cri-streaming). */
function forward(socket: WebSocket, port: number, mode: Cluster["mode"]): void {
  const send = (channel: number, content: Buffer): void => socket.send(Buffer.concat([Buffer.of(channel), content]));
  for (const channel of [0, 1]) send(channel, Buffer.of(8080 & 0xff, 8080 >> 8));
  if (mode === "nobody-listens") return send(1, Buffer.from("error forwarding port 8080 to pod x: refused"));
  if (mode === "cut-off") return void socket.on("message", () => socket.close());
  const pod = connect(port, "127.0.0.1");
  pod.on("data", (content) => send(0, content));
  pod.on("close", () => socket.close());
  socket.on("message", (content) => pod.write((content as Buffer).subarray(1)));
  socket.on("close", () => pod.destroy());
}

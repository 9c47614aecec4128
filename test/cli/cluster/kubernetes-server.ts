import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { issue, writeKubeconfig } from "../../../local/certificates/index.ts";
import { layout, prepareLayout } from "../../../local/layout.ts";
import { temporaryFolder } from "../plan/gitops.ts";

/** What the stand-in for an API server has. */
export interface KubernetesServer {
  /** For `--kubeconfig`. */
  readonly kubeconfig: string;
  /** For `--local`: a folder with the same kubeconfig where a platform would have it. */
  readonly directory: string;
  /** Answers by path; a path that is not here is not there (404). Tests change them. */
  readonly answers: Map<string, unknown>;
  /** Statuses other than 200, by path. */
  readonly refusals: Map<string, number>;
  /** Every request: method and path. */
  readonly requests: string[];
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
  const server = createServer({ cert: pair.certificate, key: pair.key }, ({ method, url = "/" }, response) => {
    requests.push(`${method} ${url}`);
    const status = refusals.get(url) ?? (answers.has(url) ? 200 : 404);
    response.writeHead(status, { "content-type": "application/json" });
    const failure = { kind: "Status", status: "Failure", code: status, message: `${url} is refused by the test` };
    response.end(JSON.stringify(status === 200 ? answers.get(url) : failure));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await writeKubeconfig(paths, { path: paths.kubeconfig, server: `https://127.0.0.1:${port}`, name: "tester" });
  return {
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
}

import { authority, issue } from "../../certificates/index.ts";
import type { CertificatePair } from "../../certificates/index.ts";
import type { Layout } from "../../layout.ts";
import { choosePorts, httpProbe } from "../../processes/index.ts";
import type { ProcessSpec } from "../../processes/index.ts";
import { processNames } from "../names.ts";

import { componentEnvironment, writeIdentity } from "./context.ts";
import type { ProcessContext } from "./context.ts";

const name = processNames.server;

/** The ports of the API server: "api" for people and the CLI (HTTPS and gRPC on one port). */
export async function serverPorts(layout: Layout): Promise<Readonly<Record<"api" | "metrics", number>>> {
  return choosePorts(layout, name, ["api", "metrics"]);
}

/** The certificate that it shows, by the platform's authority, so that the CLI verifies it. */
export async function serverCertificate(layout: Layout): Promise<CertificatePair> {
  return issue(layout, {
    file: name,
    authority: "ca",
    commonName: name,
    usages: ["server"],
    alternativeNames: ["localhost", "127.0.0.1"],
  });
}

/** argocd-server: the API behind the `argocd` CLI, with accounts and RBAC. */
export async function server(context: ProcessContext): Promise<ProcessSpec> {
  const ports = await serverPorts(context.layout);
  const ca = await authority(context.layout, "ca");
  return {
    name,
    command: context.tools.argocd.path,
    args: [
      ...["--address", "127.0.0.1", "--port", `${ports.api}`],
      ...["--metrics-address", "127.0.0.1", "--metrics-port", `${ports.metrics}`],
    ],
    env: await componentEnvironment(context, {
      workload: name,
      binaryName: name,
      memoryLimitMebibytes: 200,
      extra: { ARGOCD_FAKE_IN_CLUSTER: "true" },
    }),
    files: [await writeIdentity(context, name)],
    ports,
    ready: httpProbe(`https://127.0.0.1:${ports.api}/healthz`, { ca: ca.certificate }),
  };
}

import { join } from "node:path";

import { authority, issue, writeKubeconfig } from "../certificates/index.ts";
import type { CertificatePair, Identity } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";

/** Writes the kubeconfig of a part of the control plane and returns its path. */
export async function componentKubeconfig(
  layout: Layout,
  component: string,
  identity: Identity,
  server: string,
): Promise<string> {
  const path = join(layout.controlPlane, `${component}.kubeconfig`);
  await writeKubeconfig(layout, { ...identity, path, server });
  return path;
}

/** What a part of the control plane needs to serve its health and metrics over TLS, on loopback. */
export async function componentServer(
  layout: Layout,
  component: string,
): Promise<{ readonly ca: CertificatePair; readonly server: CertificatePair }> {
  const ca = await authority(layout, "ca");
  const server = await issue(layout, {
    file: `${component}-server`,
    authority: "ca",
    commonName: component,
    usages: ["server"],
    alternativeNames: ["localhost", "127.0.0.1"],
  });
  return { ca, server };
}

/** How a part asks the API server, and where it serves: the arguments that kube-* programs share. */
export function componentArguments(kubeconfig: string, server: CertificatePair, port: number): readonly string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    `--tls-cert-file=${server.certificatePath}`,
    `--tls-private-key-file=${server.keyPath}`,
  ];
}

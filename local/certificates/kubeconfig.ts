import type { Layout } from "../layout.ts";

import { authority } from "./authority.ts";
import { clientCertificate } from "./client-certificate.ts";
import type { Identity } from "./client-certificate.ts";
import { keepSecretFile } from "./secret-file.ts";

/** The name of the cluster and of the context in every kubeconfig of a local platform. */
export const contextName = "gitops-local";

/** A kubeconfig to write. */
export interface KubeconfigArgs extends Identity {
  /** Absolute. */
  readonly path: string;
  /** Of the API server, for example `https://127.0.0.1:20443`. */
  readonly server: string;
  /** The namespace of commands that name none. Default: Kubernetes' own, `default`. */
  readonly namespace?: string;
}

/**
 * Writes a kubeconfig (mode 0600) with which that user talks to the platform: certificate and key embedded, the
 * server verified by the platform's authority. Written only when it would change.
 *
 * JSON, which is YAML too: every client reads it.
 */
export async function writeKubeconfig(layout: Layout, args: KubeconfigArgs): Promise<void> {
  const [ca, client] = [await authority(layout, "ca"), await clientCertificate(layout, args)];
  const config = {
    "apiVersion": "v1",
    "kind": "Config",
    "current-context": contextName,
    "clusters": [
      { name: contextName, cluster: { "server": args.server, "certificate-authority-data": base64(ca.certificate) } },
    ],
    "users": [
      {
        name: args.name,
        user: { "client-certificate-data": base64(client.certificate), "client-key-data": base64(client.key) },
      },
    ],
    "contexts": [
      {
        name: contextName,
        context: {
          cluster: contextName,
          user: args.name,
          ...(args.namespace === undefined ? {} : { namespace: args.namespace }),
        },
      },
    ],
  };
  await keepSecretFile(args.path, `${JSON.stringify(config, undefined, 2)}\n`);
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

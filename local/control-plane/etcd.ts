import { authority, issue } from "../certificates/index.ts";
import type { CertificatePair } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";

import { smallGoProgram } from "./go-runtime.ts";
import type { Binary } from "./tools.ts";

/** etcd as a process, and how the API server reaches it. */
export interface Etcd {
  readonly spec: ProcessSpec;
  readonly url: string;
  readonly caPath: string;
  readonly client: CertificatePair;
}

/** One member, which serves nobody but the bearers of a certificate of its own authority. */
export async function etcd(layout: Layout, binary: Binary): Promise<Etcd> {
  const ports = await choosePorts(layout, "etcd", ["client", "peer"]);
  const ca = await authority(layout, "etcd-ca");
  const [server, client] = await Promise.all([
    issue(layout, {
      file: "etcd-server",
      authority: "etcd-ca",
      commonName: "etcd",
      // A member is a client of itself as well: its gRPC gateway and its peers.
      usages: ["server", "client"],
      alternativeNames: ["localhost", "127.0.0.1"],
    }),
    issue(layout, { file: "etcd-client", authority: "etcd-ca", commonName: "kube-apiserver", usages: ["client"] }),
  ]);
  const url = `https://127.0.0.1:${ports.client}`;
  const peerUrl = `https://127.0.0.1:${ports.peer}`;
  const args = [
    "--name=local",
    `--data-dir=${layout.etcd}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=local=${peerUrl}`,
    ...["", "peer-"].flatMap((prefix) => [
      `--${prefix}cert-file=${server.certificatePath}`,
      `--${prefix}key-file=${server.keyPath}`,
      `--${prefix}trusted-ca-file=${ca.certificatePath}`,
      `--${prefix}client-cert-auth=true`,
    ]),
    // A killed process loses nothing, only a crashed machine does; and this platform can be made again.
    "--unsafe-no-fsync=true",
    // Entries kept in memory for members that lag behind: there are none.
    "--snapshot-count=2000",
    "--log-level=warn",
  ];
  return {
    url,
    caPath: ca.certificatePath,
    client,
    spec: {
      name: "etcd",
      command: binary.path,
      args,
      env: smallGoProgram(150),
      files: [server.certificatePath, ca.certificatePath],
      ports,
      ready: httpProbe(`${url}/health`, { ca: ca.certificate, cert: client.certificate, key: client.key }),
    },
  };
}

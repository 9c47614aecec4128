import { join } from "node:path";

import { authority, clientCertificate, issue, keepSecretFile, serviceAccountKeys } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";

import { auditPolicy } from "./audit-policy.ts";
import type { Etcd } from "./etcd.ts";
import { smallGoProgram } from "./go-runtime.ts";
import { administrator } from "./identities.ts";
import type { Binary } from "./tools.ts";

/** The API server as a process. */
export interface ApiServer {
  readonly spec: ProcessSpec;
  readonly url: string;
}

/** The virtual addresses of Services. The API server takes the first for itself, so its certificate has it. */
const serviceRange = { cidr: "10.96.0.0/16", first: "10.96.0.1" } as const;

export async function apiServer(layout: Layout, binary: Binary, store: Etcd): Promise<ApiServer> {
  const ports = await choosePorts(layout, "kube-apiserver", ["secure"]);
  const [ca, frontProxyCa] = [await authority(layout, "ca"), await authority(layout, "front-proxy-ca")];
  const [server, proxy, admin, keys] = await Promise.all([
    issue(layout, {
      file: "kube-apiserver",
      authority: "ca",
      commonName: "kube-apiserver",
      usages: ["server"],
      alternativeNames: [
        "localhost",
        "kubernetes",
        "kubernetes.default",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local",
        "127.0.0.1",
        serviceRange.first,
      ],
    }),
    issue(layout, { file: "front-proxy", authority: "front-proxy-ca", commonName: "front-proxy", usages: ["client"] }),
    clientCertificate(layout, administrator),
    serviceAccountKeys(layout),
  ]);
  const policy = join(layout.controlPlane, "audit-policy.json");
  await keepSecretFile(policy, JSON.stringify(auditPolicy, undefined, 2));
  const url = `https://127.0.0.1:${ports.secure}`;
  const args = [
    "--bind-address=127.0.0.1",
    // Else it looks for the address of a network interface, and there may be no network.
    "--advertise-address=127.0.0.1",
    `--secure-port=${ports.secure}`,
    `--tls-cert-file=${server.certificatePath}`,
    `--tls-private-key-file=${server.keyPath}`,
    `--etcd-servers=${store.url}`,
    `--etcd-cafile=${store.caPath}`,
    `--etcd-certfile=${store.client.certificatePath}`,
    `--etcd-keyfile=${store.client.keyPath}`,
    "--authorization-mode=RBAC",
    "--anonymous-auth=false",
    `--client-ca-file=${ca.certificatePath}`,
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-key-file=${keys.publicPath}`,
    `--service-account-signing-key-file=${keys.privatePath}`,
    `--service-cluster-ip-range=${serviceRange.cidr}`,
    // It would publish its own loopback address as an Endpoint, which the API refuses.
    "--endpoint-reconciler-type=none",
    `--requestheader-client-ca-file=${frontProxyCa.certificatePath}`,
    "--requestheader-allowed-names=front-proxy",
    "--requestheader-username-headers=X-Remote-User",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    `--proxy-client-cert-file=${proxy.certificatePath}`,
    `--proxy-client-key-file=${proxy.keyPath}`,
    `--audit-policy-file=${policy}`,
    `--audit-log-path=${layout.auditLog}`,
    // MiB and files.
    "--audit-log-maxsize=10",
    "--audit-log-maxbackup=2",
    "--profiling=false",
    "--v=1",
  ];
  return {
    url,
    spec: {
      name: "kube-apiserver",
      command: binary.path,
      args,
      env: smallGoProgram(800),
      files: [
        server.certificatePath,
        proxy.certificatePath,
        ca.certificatePath,
        frontProxyCa.certificatePath,
        store.caPath,
        store.client.certificatePath,
        keys.publicPath,
        policy,
      ],
      ports,
      ready: httpProbe(`${url}/readyz`, { ca: ca.certificate, cert: admin.certificate, key: admin.key }),
      readyTimeoutSeconds: 120,
      // It lets requests under way finish, in about 1 s; without etcd they never do. Nothing is lost by ending it.
      stopTimeoutSeconds: 5,
    },
  };
}

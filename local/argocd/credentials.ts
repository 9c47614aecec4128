import { randomBytes } from "node:crypto";

import { compare, hash } from "bcryptjs";

import { notificationsSecret } from "../../infra/controllers/argocd/notifications.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { argocdNamespace, partOfLabel } from "./names.ts";

type Data = Readonly<Record<string, string>>;

const encode = (text: string): string => Buffer.from(text, "utf8").toString("base64");
const decode = (data: string | undefined): string => Buffer.from(data ?? "", "base64").toString("utf8");

function secret(name: string, data: Data, type = "Opaque"): KubernetesObject {
  const labels = { "app.kubernetes.io/name": name, ...partOfLabel };
  return { apiVersion: "v1", kind: "Secret", metadata: { name, namespace: argocdNamespace, labels }, type, data };
}

/** What bcrypt costs: Argo CD's own (util/password/password.go uses bcrypt.DefaultCost, which is 10). */
const cost = 10;

/**
 * `argocd-secret`: the key that signs sessions, made at random the first time, and the accounts' password hashes.
 *
 * What the existing Secret has is kept as long as it fits the passwords, since a new hash logs everyone out.
 *
 * @param existing `data` of the Secret in the cluster, if there is one
 * @param passwords clear text by account
 */
export async function argocdSecret(existing: Data | undefined, passwords: Data): Promise<KubernetesObject> {
  const data: Record<string, string> = {
    "server.secretkey": existing?.["server.secretkey"] ?? encode(randomBytes(32).toString("base64")),
  };
  for (const [account, password] of Object.entries(passwords)) {
    const field = `accounts.${account}.password`;
    const mtime = `accounts.${account}.passwordMtime`;
    const current = decode(existing?.[field]);
    const keep = existing?.[mtime] !== undefined && current !== "" && (await compare(password, current));
    data[field] = keep ? encode(current) : encode(await hash(password, cost));
    // Seconds only: Argo CD parses RFC 3339 and compares it with the whole seconds of a session token.
    data[mtime] = keep ? (existing[mtime] ?? "") : encode(new Date().toISOString().replace(/\.\d+Z$/, "Z"));
  }
  return secret("argocd-secret", data);
}

/** `argocd-notifications-secret`: what reports of failures bring along. */
export function notificationsTokenSecret(token: string): KubernetesObject {
  return secret(notificationsSecret.name, { [notificationsSecret.key]: encode(token) });
}

/** The certificate that Argo CD's API server shows (its documentation: operator-manual/tls). PEM. */
export function serverCertificateSecret(certificate: string, key: string): KubernetesObject {
  const data = { "tls.crt": encode(certificate), "tls.key": encode(key) };
  return secret("argocd-server-tls", data, "kubernetes.io/tls");
}

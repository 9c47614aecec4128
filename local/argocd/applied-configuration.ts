import { join } from "node:path";

import { notificationsSecret } from "../../infra/controllers/argocd/notifications.ts";
import { isNotFound } from "../kubernetes/api-error.ts";
import { applyObjects } from "../kubernetes/apply.ts";
import type { KubernetesObject, RestClient } from "../kubernetes/rest-client.ts";
import type { Layout } from "../layout.ts";
import { receiverToken } from "../receiver/address.ts";

import { readOrCreateSecret, readPasswords } from "./accounts.ts";
import type { LocalAccount } from "./accounts.ts";
import { configMapData, configMaps } from "./configuration.ts";
import type { ConfigurationArgs } from "./configuration.ts";
import { argocdSecret, notificationsTokenSecret, serverCertificateSecret } from "./credentials.ts";
import { argocdNamespace, fieldManager } from "./names.ts";
import type { ProcessContext } from "./processes/context.ts";
import { serverCertificate } from "./processes/server.ts";

type Data = Readonly<Record<string, string>>;

async function secretData(client: RestClient, name: string): Promise<Data | undefined> {
  try {
    const secret = await client.get<{ readonly data?: Data }>(`/api/v1/namespaces/${argocdNamespace}/secrets/${name}`);
    return secret.data;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The password between Argo CD and its Redis, made up once a platform. */
export async function redisPassword(layout: Layout): Promise<string> {
  return readOrCreateSecret(join(layout.argocd, "redis.password"));
}

/** Secrets that have the platform's content instead of upstream's. */
const ownSecrets: readonly string[] = ["argocd-secret", notificationsSecret.name];

/** Applies ConfigMaps and Secrets and returns the contents of the ConfigMaps. */
export async function applyConfiguration(
  client: RestClient,
  layout: Layout,
  args: ConfigurationArgs & { readonly accounts: readonly LocalAccount[] },
  signal?: AbortSignal,
): Promise<ProcessContext["configMaps"]> {
  const maps = configMaps(args);
  const { certificate, key } = await serverCertificate(layout);
  const passwords = await readPasswords(layout, args.accounts);
  const secrets: readonly KubernetesObject[] = [
    await argocdSecret(await secretData(client, "argocd-secret"), passwords),
    serverCertificateSecret(certificate, key),
    notificationsTokenSecret(await receiverToken(layout)),
    ...args.upstream.filter(({ kind, metadata }) => kind === "Secret" && !ownSecrets.includes(metadata.name)),
  ];
  await applyObjects(client, [...maps, ...secrets], { fieldManager, ...(signal ? { signal } : {}) });
  return configMapData(maps);
}

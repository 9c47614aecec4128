import { createHmac } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { readOrCreateSecret } from "../argocd/accounts.ts";
import type { Layout } from "../layout.ts";
import { choosePorts } from "../processes/index.ts";

/** Name of the process. */
export const receiverName = "gitops-receiver";

/** The folder of the receiver: its queue, its clone, its journal. */
export const receiverDirectory = (layout: Layout): string => join(layout.directory, "receiver");

/** The file, mode 0600, with the token that reports must bring. */
export const tokenFile = (layout: Layout): string => join(receiverDirectory(layout), "token");

/** The token between Argo CD's notifications and the receiver, made up once a platform. */
export async function receiverToken(layout: Layout): Promise<string> {
  await mkdir(receiverDirectory(layout), { recursive: true, mode: 0o700 });
  return readOrCreateSecret(tokenFile(layout));
}

/**
 * The last part of the addresses that Flagger posts to: an address is the only secret that it sends. Not the token
 * itself, since Flagger logs an address that does not answer, and the token lets commits be made.
 */
export const flaggerKey = (token: string): string => createHmac("sha256", token).update("flagger").digest("base64url");

/** Where Flagger posts its alerts, in Slack's format. A secret. */
export const alertsUrl = (layout: Layout): Promise<string> => flaggerUrl(layout, "alerts");

/** Where Flagger posts its Events. A secret. */
export const eventsUrl = (layout: Layout): Promise<string> => flaggerUrl(layout, "events");

async function flaggerUrl(layout: Layout, path: string): Promise<string> {
  const { http } = await choosePorts(layout, receiverName, ["http"]);
  return `http://127.0.0.1:${http}/${path}/${flaggerKey(await receiverToken(layout))}`;
}

/** Where reports are posted, whether the receiver runs already or not. */
export async function receiverUrl(layout: Layout): Promise<string> {
  const { http } = await choosePorts(layout, receiverName, ["http"]);
  return `http://127.0.0.1:${http}/reports`;
}

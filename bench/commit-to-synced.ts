import { imageOf, readDeployment } from "../test/platform/support/deployments.ts";
import { eventually } from "../test/platform/support/eventually.ts";
import type { ThrowAwayPlatform } from "../test/platform/support/platform.ts";

import { secondsSince } from "./statistics.ts";

/**
 * Pushes one commit to dev and waits until the cluster has it. How long the release takes from there is up to its
 * analysis, and no figure of the platform.
 * @returns seconds since the push began
 */
export async function commitToSynced(on: ThrowAwayPlatform, tag: string): Promise<number> {
  const commit = await on.checkout.setTag("app", "dev", tag);
  const begin = performance.now();
  // At the same time: the report of the push is read by a person, not waited for by Argo CD.
  const pushed = on.checkout.push("develop", false);
  await on.untilOne("app-dev", ({ revision, sync }) => revision === commit && sync === "Synced");
  const client = on.client();
  try {
    await eventually(async () => {
      const deployment = await readDeployment(client, "dev", "app");
      if (!imageOf(deployment).endsWith(`:${tag}`)) throw new Error(`${tag} is not there`);
    });
  } finally {
    client.close();
  }
  const seconds = secondsSince(begin);
  await pushed;
  return seconds;
}

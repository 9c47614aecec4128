import { isRolledOut, imageOf, readDeployment } from "../test/platform/support/deployments.ts";
import { eventually } from "../test/platform/support/eventually.ts";
import type { ThrowAwayPlatform } from "../test/platform/support/platform.ts";

import { secondsSince } from "./statistics.ts";

/** Deploys one commit to dev by a push and waits until it is Healthy there. @returns seconds since the push began */
export async function commitToHealthy(on: ThrowAwayPlatform, tag: string): Promise<number> {
  const commit = await on.checkout.setTag("app", "dev", tag);
  const begin = performance.now();
  // At the same time: the report of the push is read by a person, not waited for by Argo CD.
  const pushed = on.checkout.push("develop");
  await on.untilOne(
    "app-dev",
    ({ revision, sync, health }) => revision === commit && sync === "Synced" && health === "Healthy",
  );
  const client = on.client();
  try {
    await eventually(async () => {
      const deployment = await readDeployment(client, "dev", "app");
      if (!imageOf(deployment).endsWith(`:${tag}`) || !isRolledOut(deployment)) throw new Error(`${tag} does not run`);
    });
  } finally {
    client.close();
  }
  const seconds = secondsSince(begin);
  await pushed;
  return seconds;
}

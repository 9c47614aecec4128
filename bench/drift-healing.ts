import { isRolledOut, imageOf, readDeployment } from "../test/platform/support/deployments.ts";
import { eventually } from "../test/platform/support/eventually.ts";
import type { ThrowAwayPlatform } from "../test/platform/support/platform.ts";

import { secondsSince } from "./statistics.ts";

/**
 * Changes the image of a Deployment by hand and waits until it is healed. Once a commit: Argo CD waits longer before
 * each further self-heal of the same one.
 * @returns seconds since the change
 */
export async function driftHealing(on: ThrowAwayPlatform): Promise<number> {
  const client = on.client();
  try {
    const before = await readDeployment(client, "dev", "app");
    const begin = performance.now();
    const { exitCode, all } = await on.kubectl([
      ...["set", "image", "deployment/app", "app=example.com/by-hand:1"],
      ...["--namespace", "dev"],
    ]);
    if (exitCode !== 0) throw new Error(`kubectl set image: ${all}`);
    await eventually(async () => {
      const now = await readDeployment(client, "dev", "app");
      const touched = now.metadata.generation > before.metadata.generation;
      if (!touched || imageOf(now) !== imageOf(before) || !isRolledOut(now)) throw new Error("not healed");
    });
    return secondsSince(begin);
  } finally {
    client.close();
  }
}

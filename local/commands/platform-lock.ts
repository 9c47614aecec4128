import { lock } from "proper-lockfile";

import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";

/** For 20 s, a try each second: longer than the lock of a command that was killed stays valid. */
const retries = { retries: 20, factor: 1, minTimeout: 1000, maxTimeout: 1000 } as const;

/**
 * Runs `task` while no other start or stop of the same platform does.
 * @throws an error that names the platform when another one is at work and does not end within 20 s
 */
export async function withPlatformLock<T>(layout: Layout, task: () => Promise<T>): Promise<T> {
  await prepareLayout(layout);
  const release = await lock(layout.directory, { stale: 15_000, update: 5_000, retries }).catch((error: unknown) => {
    if ((error as { code?: string }).code !== "ELOCKED") throw error;
    throw new Error(`${layout.directory} is being started or stopped by another command; wait until that has ended`);
  });
  try {
    return await task();
  } finally {
    // The purge of a platform takes the lock with it.
    await release().catch(() => undefined);
  }
}

import { afterAll, beforeAll } from "@jest/globals";

import { ThrowAwayPlatform } from "./platform.ts";
import { timeouts } from "./scenario.ts";
import type { GetPlatform } from "./scenario.ts";

/** Starts a platform before the tests of a file and removes it after them: a start costs more than every scenario does. */
export function ownPlatform(): GetPlatform {
  let platform: ThrowAwayPlatform | undefined;
  beforeAll(async () => {
    platform = await ThrowAwayPlatform.create();
    await platform.start();
  }, timeouts.start);
  afterAll(() => platform?.remove(), timeouts.stop);
  return () => {
    if (platform === undefined) throw new Error("the platform did not start");
    return platform;
  };
}

import { afterAll, beforeAll } from "@jest/globals";

import type { GitopsKind } from "../../../infra/config/gitops.ts";

import { ThrowAwayPlatform } from "./platform.ts";
import { timeouts } from "./scenario.ts";
import type { GetPlatform } from "./scenario.ts";

/** Starts a platform before the tests of a file and removes it after them: a start costs more than every scenario does. */
export function ownPlatform(engine: GitopsKind = "argocd"): GetPlatform {
  let platform: ThrowAwayPlatform | undefined;
  beforeAll(async () => {
    platform = await ThrowAwayPlatform.create(undefined, engine);
    await platform.start();
  }, timeouts.start);
  afterAll(() => platform?.remove(), timeouts.stop);
  return () => {
    if (platform === undefined) throw new Error("the platform did not start");
    return platform;
  };
}

import { test } from "@jest/globals";

import type { ThrowAwayPlatform } from "./platform.ts";

/** In milliseconds: how long a platform may take to start when others use the machine, and how long one scenario. */
export const timeouts = { start: 15 * 60_000, scenario: 15 * 60_000, stop: 3 * 60_000 } as const;

/** Gives the platform of a test file, which exists only once its beforeAll has run. */
export type GetPlatform = () => ThrowAwayPlatform;

/** A test on a platform; when it fails, the applications and the ends of all logs are printed. */
export function scenario(name: string, platform: GetPlatform, body: (on: ThrowAwayPlatform) => Promise<void>): void {
  test(
    name,
    async () => {
      try {
        await body(platform());
      } catch (error) {
        process.stderr.write(`\n"${name}" failed. ${await describeState(platform())}\n`);
        throw error;
      }
    },
    timeouts.scenario,
  );
}

async function describeState(platform: ThrowAwayPlatform): Promise<string> {
  const { all } = await platform.command(["status"]);
  return `The platform is now:\n${all}\n${await platform.logs()}`;
}

import { afterAll, describe, expect, test } from "@jest/globals";

import { openPulumi } from "../../../local/engines/pulumi-cli.ts";
import { stackArguments } from "../../../local/engines/pulumi.ts";
import { writeStackFile } from "../../../local/engines/stack-file.ts";
import { ThrowAwayPlatform } from "../support/platform.ts";
import type { CommandResult } from "../support/platform.ts";
import { timeouts } from "../support/scenario.ts";

import { everyObject, identify, madeObjects } from "./made-objects.ts";
import { whyNoRealEngine } from "./real-engine.ts";

const missing = await whyNoRealEngine();
if (missing !== undefined) process.stderr.write(`the real engine is not compared with rehearsal: ${missing}\n`);
const scenario = missing === undefined ? test : test.skip;

/** One at a time: two platforms at once would want more memory than a small machine has. */
let platform: ThrowAwayPlatform | undefined;
afterAll(() => platform?.remove(), timeouts.stop);

async function start(on: ThrowAwayPlatform, engine: "rehearsal" | "pulumi"): Promise<CommandResult> {
  const result = await on.command(["start", "--engine", engine, "--checkout", on.checkout.directory]);
  if (result.exitCode !== 0) throw new Error(`npm start failed:\n${result.all}\n${await on.logs()}`);
  return result;
}

function running(): ThrowAwayPlatform {
  if (platform === undefined) throw new Error("the platform with the real engine did not start");
  return platform;
}

describe(`the real engine${missing === undefined ? "" : ` (skipped: ${missing})`}`, () => {
  scenario(
    "makes the same objects as rehearsal",
    async () => {
      const rehearsed = await ThrowAwayPlatform.create();
      let expected: Readonly<Record<string, unknown>>;
      try {
        await start(rehearsed, "rehearsal");
        expected = await madeObjects(rehearsed, "rehearsal");
      } finally {
        await rehearsed.remove();
      }
      platform = await ThrowAwayPlatform.create();
      await start(platform, "pulumi");
      const made = await madeObjects(platform, "pulumi");
      expect(Object.keys(made)).toEqual(expect.arrayContaining(["AppProject argocd/prod", "Namespace dev"]));
      expect(made).toEqual(expected);
    },
    2 * timeouts.start,
  );

  scenario(
    "puts back what was deleted and changed by hand, and changes nothing else",
    async () => {
      const on = running();
      const before = await madeObjects(on, "pulumi");
      await on.kubectl(["delete", "role", "gitops-deployer", "--namespace", "dev"]);
      const patch = JSON.stringify({ spec: { sourceRepos: ["*"] } });
      await on.kubectl(["patch", "appproject", "dev", "--namespace", "argocd", "--type=merge", "--patch", patch]);
      expect(await madeObjects(on, "pulumi")).not.toEqual(before);
      const { all } = await start(on, "pulumi");
      expect(all).toMatch(/\+ 1 created, ~ 1 updated, \d+ unchanged/);
      expect(await madeObjects(on, "pulumi")).toEqual(before);
    },
    timeouts.start,
  );

  scenario(
    "destroys the stack: nothing is left, and nothing is stuck",
    async () => {
      const on = running();
      const lines: string[] = [];
      const pulumi = await openPulumi(on.layout, { onProgress: (line) => lines.push(line) });
      await pulumi.run(["destroy", ...stackArguments(await writeStackFile(on.layout)), "--yes", "--skip-preview"]);
      // Argo CD's own, which stays without rights.
      expect(Object.keys(await madeObjects(on, "pulumi"))).toEqual(["AppProject argocd/default"]);
      const left = await everyObject(on);
      const stuck = left.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
      expect(stuck.map(identify)).toEqual([]);
      const ofEnvironments = left.filter(({ metadata: { name, namespace = name } }) =>
        /^(dev|staging|prod)$/.test(namespace),
      );
      expect(ofEnvironments.map(identify)).toEqual([]);
    },
    timeouts.start,
  );
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect } from "@jest/globals";
import { execa } from "execa";

import type { RestClient } from "../../../../local/kubernetes/rest-client.ts";
import { imageOf, isRolledOut, readDeployment, variableOf } from "../../support/deployments.ts";
import type { Deployment } from "../../support/deployments.ts";
import { eventually } from "../../support/eventually.ts";
import type { ThrowAwayPlatform } from "../../support/platform.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";

interface Drift {
  readonly application: string;
  readonly change: (on: ThrowAwayPlatform) => Promise<void>;
}

/**
 * Changes by hand in dev, each in another application: Argo CD waits longer before each further self-heal of the same
 * commit. All are made at once, because Flux puts right what it finds at its next look.
 */
export function driftScenarios(platform: GetPlatform): void {
  describe("a change by hand in dev is healed", () => {
    let healing: ReadonlyMap<string, Promise<void>> | undefined;
    const start = (on: ThrowAwayPlatform): ReadonlyMap<string, Promise<void>> =>
      new Map(
        Object.entries(drifts).map(([what, { application, change }]) => {
          const promise = healed(on, application, () => change(on));
          // Whoever fails is told by its own test.
          promise.catch(() => undefined);
          return [what, promise];
        }),
      );
    for (const what of Object.keys(drifts)) {
      scenario(what, platform, async (on) => (healing ??= start(on)).get(what));
    }
  });
}

const drifts: Readonly<Record<string, Drift>> = {
  "kubectl set image": {
    application: "core-trading",
    change: async (on) => {
      const image = "app=example.com/made-by-hand:1";
      const args = ["set", "image", "deployment/core-trading", image, "--namespace", "dev"];
      expect(await on.kubectl(args)).toMatchObject({ exitCode: 0 });
    },
  },
  "kubectl set env, of a variable that Git sets": {
    application: "reporting",
    change: async (on) => {
      const args = ["set", "env", "deployment/reporting", `${variable}=made by hand`, "--namespace", "dev"];
      expect(await on.kubectl(args)).toMatchObject({ exitCode: 0 });
    },
  },
  "kubectl edit, with an editor that changes image and environment": {
    application: "risk-control",
    change: async (on) => {
      const editor = await editorScript(on, [
        "s,^\\( *\\)image: .*,\\1image: example.com/made-by-hand:1,",
        `/name: ${variable}/{n;s,value: .*,value: made by hand,;}`,
      ]);
      const args = ["edit", "deployment/risk-control", "--namespace", "dev"];
      const edited = await execa(join(on.layout.bin, "kubectl"), args, { env: { KUBE_EDITOR: editor } });
      expect(edited.stdout).toBe("deployment.apps/risk-control edited");
    },
  },
  "kubectl delete deployment": {
    application: "app",
    change: async (on) => {
      const args = ["delete", "deployment", "app", "--namespace", "dev"];
      expect(await on.kubectl(args)).toMatchObject({ exitCode: 0 });
    },
  },
};

const variable = "PODINFO_UI_MESSAGE";

/** An editor that changes the file as sed does. @returns its path */
async function editorScript(on: ThrowAwayPlatform, commands: readonly string[]): Promise<string> {
  const file = join(on.layout.temporary, "editor.sh");
  const expressions = commands.map((command) => `-e '${command}'`).join(" ");
  await writeFile(file, `#!/bin/sh\nsed -i ${expressions} "$1"\n`, { mode: 0o700 });
  return file;
}

/**
 * Makes the change, and waits until the Deployment says again what it said, and all its pods run. Flagger may have seen
 * the change and be judging it still: that is not looked at.
 */
async function healed(on: ThrowAwayPlatform, name: string, change: () => Promise<void>): Promise<void> {
  const client = on.client();
  try {
    await on.untilOne(`${name}-dev`, ({ sync, health }) => sync === "Synced" && health === "Healthy");
    const before = await readDeployment(client, "dev", name);
    const begin = performance.now();
    await change();
    const after = await eventually(() => changedBack(client, name, before));
    process.stdout.write(`${name} was healed ${((performance.now() - begin) / 1000).toFixed(1)} s after the change\n`);
    // The change was really made: another object, or the same one written to twice.
    if (after.metadata.uid === before.metadata.uid) {
      expect(after.metadata.generation).toBeGreaterThanOrEqual(before.metadata.generation + 2);
    }
    await on.untilOne(`${name}-dev`, ({ sync }) => sync === "Synced");
  } finally {
    client.close();
  }
}

async function changedBack(client: RestClient, name: string, before: Deployment): Promise<Deployment> {
  const now = await readDeployment(client, "dev", name);
  const { uid, generation } = before.metadata;
  expect({ uid: now.metadata.uid, generation: now.metadata.generation }).not.toEqual({ uid, generation });
  expect(imageOf(now)).toBe(imageOf(before));
  expect(variableOf(now, variable)).toBe(variableOf(before, variable));
  expect(isRolledOut(now)).toBe(true);
  return now;
}

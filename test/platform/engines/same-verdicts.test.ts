import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { badChanges } from "../../support/bad-changes.ts";
import { root } from "../../support/kustomize.ts";
import { copyProject, edit } from "../../support/project-copy.ts";

import { previewWithPack } from "./preview.ts";
import type { Verdict } from "./preview.ts";
import { whyNoRealEngine } from "./real-engine.ts";

const missing = await whyNoRealEngine();
if (missing !== undefined) process.stderr.write(`verdicts are not compared with the real engine's: ${missing}\n`);
const scenario = missing === undefined ? test : test.skip;
const patience = 300_000;

let folder: string;
let project: string;

beforeAll(async () => {
  if (missing !== undefined) return;
  folder = await realpath(await mkdtemp(join(tmpdir(), "gitops-verdicts-")));
  project = join(folder, "project");
  await copyProject(project);
  const config = "policies/config/local.json";
  await edit(project, [{ file: config, from: '"all": "advisory"', to: '"all": "mandatory"' }]);
}, patience);

afterAll(async () => {
  if (missing === undefined) await rm(folder, { recursive: true, force: true });
});

/** `gitops plan local`, as a user runs it. */
async function plan(): Promise<Verdict> {
  const launcher = join(root, "cli", "bin", "gitops.mjs");
  const args = ["plan", "local", "--no-manifests", "--json"];
  const { exitCode, stdout, stderr } = await execa(launcher, args, { cwd: project, reject: false });
  const { stacks } = JSON.parse(stdout) as { readonly stacks: readonly { violations: readonly Violation[] }[] };
  const violations = stacks.flatMap((stack) => stack.violations);
  return { exitCode, violations: violations.map(comparable), output: stderr };
}

type Violation = { [Key in keyof Verdict["violations"][number]]: string };

function comparable({ policy, enforcement, resource, message }: Violation): Violation {
  return { policy, enforcement, resource, message: message.trim() };
}

/** In an order of their own: the engine reports resources as they come. */
function sorted(violations: readonly Violation[]): readonly string[] {
  return violations.map((violation) => JSON.stringify(comparable(violation))).sort();
}

describe(`the real engine with the same pack${missing === undefined ? "" : ` (skipped: ${missing})`}`, () => {
  scenario(
    "refuses the same resources for the same reasons",
    async () => {
      const ofThePlatform = badChanges.filter(({ edit: { file } }) => !/^apps|prod/.test(file));
      await edit(
        project,
        ofThePlatform.map((change) => change.edit),
      );
      const [planned, previewed] = [await plan(), await previewWithPack(project, join(folder, "state"))];
      expect(planned.exitCode).toBe(1);
      expect({ failed: previewed.exitCode !== 0, violations: sorted(previewed.violations) }).toEqual({
        failed: true,
        violations: sorted(planned.violations),
      });
      for (const { policy, reason } of ofThePlatform) {
        const message = expect.stringContaining(reason);
        expect(previewed.violations).toContainEqual(expect.objectContaining({ policy, message }));
      }
    },
    patience,
  );

  scenario(
    "passes what the plan passes",
    async () => {
      const back = badChanges.filter(({ edit: { file } }) => !/^apps|prod/.test(file));
      await edit(
        project,
        back.map(({ edit: { file, from, to } }) => ({ file, from: to, to: String(from) })),
      );
      const [planned, previewed] = [await plan(), await previewWithPack(project, join(folder, "state"))];
      expect({ exitCode: planned.exitCode, violations: planned.violations }).toEqual({ exitCode: 0, violations: [] });
      expect({ exitCode: previewed.exitCode, violations: previewed.violations }).toEqual({
        exitCode: 0,
        violations: [],
      });
    },
    patience,
  );
});

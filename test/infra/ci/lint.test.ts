import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import type { CustomObject } from "../../../infra/crds/tekton.ts";

import { objectsOf } from "./tekton-objects.ts";

// The linter's published package: parameters, results, workspaces, order and images across Tasks, Pipeline and triggers.
const linter = join(dirname(createRequire(import.meta.url).resolve("@ibm/tekton-lint")), "lint.js");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tekton-lint-"));
});

afterAll(() => rm(folder, { recursive: true }));

/** What the linter prints; it ends with 1 exactly when it prints something. */
async function lint(objects: readonly CustomObject[]): Promise<string> {
  await Promise.all(
    objects.map((object, index) => writeFile(join(folder, `${index}.yaml`), JSON.stringify(object, null, 2))),
  );
  const ran = await execa(process.execPath, [linter, "--max-warnings=0", join(folder, "*.yaml")], {
    all: true,
    reject: false,
    env: { TL_CACHE_DIR: join(folder, "cache"), FORCE_COLOR: "0", NODE_ENV: "production" },
  });
  expect(ran.exitCode).toBe(ran.all.trim() === "" ? 0 : 1);
  return ran.all.trim();
}

describe("tekton-lint", () => {
  const { release } = objectsOf();

  test("has nothing against what a configuration comes to", async () => {
    expect(release.length).toBeGreaterThanOrEqual(11);
    expect(await lint(release)).toBe("");
  }, 30_000);

  test.each([
    ["a result that no Task has", "results.IMAGE_DIGEST)", "results.NOTHING)", "no-undefined-result"],
    ["a parameter that the Pipeline has not", "$(params.owner)", "$(params.nobody)", "no-undefined-param"],
    ["an image that can move", "v0.32.2-rootless", "latest", "no-latest-image"],
  ])(
    "refuses %s",
    async (_what, from, to, rule) => {
      const changed = JSON.parse(JSON.stringify(release).replaceAll(from, to)) as CustomObject[];
      expect(await lint(changed)).toMatch(new RegExp(`\\b${rule}\\b`));
    },
    30_000,
  );
});

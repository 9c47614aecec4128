import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { findEntry, publish } from "../../../local/tools/cache.ts";
import type { Recipe } from "../../../local/tools/recipe.ts";

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "tool-cache-"));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const recipe: Recipe = {
  folder: "redis",
  spec: { module: "example.com/redis", binaries: { redis: { package: "." } }, files: ["notes"], coldBuildSeconds: 1 },
  directory: "/nowhere",
  version: "v1.0.0",
  flags: [],
  digest: "0123",
};

async function fill(staging: string, content = "new"): Promise<void> {
  await mkdir(join(staging, "bin"));
  await mkdir(join(staging, "files", "notes"), { recursive: true });
  await writeFile(join(staging, "bin", "redis"), content, { mode: 0o755 });
}

describe("the cache of tools", () => {
  test("has nothing before the first build", async () => {
    expect(await findEntry(join(cache, "not-there"), recipe)).toBeUndefined();
  });

  test("shows an entry only when all of it is written", async () => {
    const entry = await publish(cache, recipe, async (staging) => {
      await fill(staging);
      expect(await findEntry(cache, recipe)).toBeUndefined();
    });
    expect(await findEntry(cache, recipe)).toEqual(entry);
    expect(await findEntry(cache, { ...recipe, digest: "4567" })).toBeUndefined();
  });

  test("keeps nothing of a build that fails, and passes its error on", async () => {
    const failing = publish(cache, recipe, async (staging) => {
      await fill(staging);
      throw new Error("out of luck");
    });
    await expect(failing).rejects.toThrow("out of luck");
    expect(await readdir(cache)).toEqual([]);
  });

  test("removes what a killed build left, with the next build", async () => {
    await mkdir(join(cache, ".partial-argocd-killed", "bin"), { recursive: true });
    await publish(cache, recipe, fill);
    expect(await readdir(cache)).toEqual(["redis-0123"]);
  });

  test.each([
    ["a deleted binary", (entry: string) => unlink(join(entry, "bin", "redis"))],
    ["a binary that cannot be executed", (entry: string) => chmod(join(entry, "bin", "redis"), 0o644)],
    ["a deleted file of the module", (entry: string) => rm(join(entry, "files", "notes"), { recursive: true })],
  ])("does not accept an entry with %s, and replaces it", async (_, damage) => {
    const { directory } = await publish(cache, recipe, (staging) => fill(staging, "old"));
    await damage(directory);
    expect(await findEntry(cache, recipe)).toBeUndefined();
    await publish(cache, recipe, fill);
    expect(await findEntry(cache, recipe)).toBeDefined();
    expect(await readFile(join(directory, "bin", "redis"), "utf8")).toBe("new");
  });

  test("forgets entries of the same folder that nobody used for long, and no others", async () => {
    const longAgo = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    const earlier = await publish(cache, { ...recipe, digest: "old" }, fill);
    const used = await publish(cache, { ...recipe, digest: "used" }, fill);
    const other = await publish(cache, { ...recipe, folder: "etcd", digest: "old" }, fill);
    for (const { directory } of [earlier, used, other]) await utimes(directory, longAgo, longAgo);
    // Finding is using.
    await findEntry(cache, { ...recipe, digest: "used" });
    await publish(cache, recipe, fill);
    expect((await readdir(cache)).sort()).toEqual(["etcd-old", "redis-0123", "redis-used"]);
    expect((await stat(used.directory)).mtimeMs).toBeGreaterThan(longAgo.getTime());
  });
});

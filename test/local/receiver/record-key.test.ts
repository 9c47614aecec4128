import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { recordSigner } from "../../../cli/recovery/record-signature.ts";
import { repositoryUrl } from "../../../local/git/index.ts";
import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { ensureRecordKey, recordKeyOf } from "../../../local/receiver/record-key.ts";

let platform: Layout;

beforeEach(async () => {
  platform = layout(await mkdtemp(join(tmpdir(), "gitops key-")));
});
afterEach(() => rm(platform.directory, { recursive: true, force: true }));

test("a platform makes its key once, for its owner alone", async () => {
  const files = await Promise.all([ensureRecordKey(platform), ensureRecordKey(platform)]);
  const pem = await readFile(files[0], "utf8");
  expect(recordSigner(pem).publicKey).toMatch(/^ssh-ed25519 /);
  expect((await stat(files[0])).mode & 0o777).toBe(0o600);
  expect(await readFile(await ensureRecordKey(platform), "utf8")).toBe(pem);
});

test("the key is found by the address of the platform's Git host, and by no other", async () => {
  expect(recordKeyOf(repositoryUrl(platform))).toBeUndefined();
  const file = await ensureRecordKey(platform);
  expect(recordKeyOf(repositoryUrl(platform))).toBe(file);
  for (const url of ["https://git.example.com/a/platform.git", `file://${platform.directory}/other/platform.git`]) {
    expect(recordKeyOf(url)).toBeUndefined();
  }
});

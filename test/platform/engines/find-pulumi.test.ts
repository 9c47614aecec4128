import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { installedPulumi } from "../../../local/engines/find-pulumi.ts";

let folder: string;
const before = { ...process.env };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gitops-find-"));
  process.env["PULUMI_HOME"] = join(folder, "home");
  process.env["PULUMI_VERSION"] = "3.0.1";
});
afterEach(async () => {
  process.env = { ...before };
  await rm(folder, { recursive: true, force: true });
});

async function program(path: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "#!/bin/sh\n");
  await chmod(file, 0o755);
  return file;
}

describe("the CLI of this machine", () => {
  test("is the one on PATH", async () => {
    const file = await program("bin/pulumi");
    process.env["PATH"] = dirname(file);
    expect(await installedPulumi()).toBe(file);
  });

  test("is not the launcher that npm puts on PATH: it would fetch one", async () => {
    process.env["PATH"] = dirname(await program("node_modules/.bin/pulumi"));
    expect(await installedPulumi()).toBeUndefined();
  });

  test("is the one that the launcher has fetched before, where PATH has none", async () => {
    process.env["PATH"] = dirname(await program("node_modules/.bin/pulumi"));
    const file = await program("home/versions/3.0.1/bin/pulumi");
    expect(await installedPulumi()).toBe(file);
  });
});

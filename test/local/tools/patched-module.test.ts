import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { goEnvironment } from "../../../local/tools/go-environment.ts";
import { patchModule } from "../../../local/tools/patched-module.ts";

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "patched-module-"));
  for (const folder of ["module", "build", "into"]) await mkdir(join(base, folder));
  await writeFile(join(base, "module", "go.mod"), "module example.com/greeting\n\ngo 1.21\n");
  await writeFile(join(base, "module", "main.go"), 'package main\n\nfunc main() { println("open", "open door") }\n');
  await writeFile(join(base, "build", "go.mod"), "module build\n\ngo 1.21\n\nrequire example.com/greeting v0.0.0\n");
  await writeFile(join(base, "build", "go.sum"), "");
});

afterEach(async () => rm(base, { recursive: true, force: true }));

const patch = (from: string) =>
  patchModule({
    module: "example.com/greeting",
    source: join(base, "module"),
    directory: join(base, "build"),
    replacements: [{ file: "main.go", from, to: '"closed door"', reason: "for the test" }],
    into: join(base, "into"),
  });

describe("patchModule", () => {
  test("builds the changed copy and leaves the module as it is", async () => {
    const flags = await patch('"open door"');
    const options = { cwd: join(base, "build"), env: goEnvironment() };
    await execa("go", ["build", ...flags, "-o", join(base, "greet"), "example.com/greeting"], options);
    expect((await execa(join(base, "greet"))).stderr).toBe("open closed door");
    expect(await readFile(join(base, "module", "main.go"), "utf8")).toContain('"open door"');
  }, 120_000);

  test.each([
    ['"shut"', 0],
    ["open", 2],
  ])("refuses a text that does not stand there once: %s", async (from, times) => {
    await expect(patch(from)).rejects.toThrow(
      `main.go has ${JSON.stringify(from)} ${times} times, not once; ` +
        "look at the version in go.mod and mend the replacement in local/tools/manifest.ts",
    );
  });
});

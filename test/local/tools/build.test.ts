import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import pRetry from "p-retry";

import { build, BuildError } from "../../../local/tools/build.ts";
import type { Recipe } from "../../../local/tools/recipe.ts";
import { runGo } from "../../../local/tools/run-go.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "build-"));
  await writeFile(join(root, "go.mod"), "module example.com/trial\n\ngo 1.26.0\n");
});
afterEach(() => rm(root, { recursive: true }));

function recipe(): Recipe {
  return {
    folder: "redis",
    spec: { module: "example.com/trial", binaries: { trial: { package: "." } }, coldBuildSeconds: 1 },
    directory: root,
    version: "v1.2.3",
    flags: ["-trimpath", "-buildvcs=false"],
    digest: "0",
  };
}

/** Prints its process id and runs until it is ended. */
const endlessProgram = `package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	fmt.Println("pid", os.Getpid())
	for {
		time.Sleep(time.Hour)
	}
}
`;

const never = new AbortController().signal;

describe("building", () => {
  test("reports what the compiler refuses, with the log's path and last lines", async () => {
    await writeFile(join(root, "main.go"), "package main\n\nfunc main() { undefinedThing() }\n");
    const log = join(root, "build.log");
    const error = await build(recipe(), join(root, "out"), log, never).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BuildError);
    expect((error as Error).message).toContain('building "redis" v1.2.3 failed (go ended with 1)');
    expect((error as Error).message).toContain(`the last lines of ${log}:`);
    expect((error as Error).message).toContain("undefined: undefinedThing");
    expect(await readFile(log, "utf8")).toContain("undefined: undefinedThing");
  }, 120_000);

  test("refuses a go.mod that asks for a newer Go instead of downloading one", async () => {
    await writeFile(join(root, "go.mod"), "module example.com/trial\n\ngo 9.1.0\n");
    await writeFile(join(root, "main.go"), "package main\n\nfunc main() {}\n");
    await expect(build(recipe(), join(root, "out"), join(root, "build.log"), never)).rejects.toThrow(
      /requires go >= 9\.1\.0 .*GOTOOLCHAIN=local/,
    );
  });

  test("ends the whole process group when it is told to", async () => {
    await writeFile(join(root, "main.go"), endlessProgram);
    const log = join(root, "run.log");
    const controller = new AbortController();
    const running = runGo(["run", "."], { directory: root, log, temporary: root, signal: controller.signal });
    running.catch(() => undefined);
    const pid = await pRetry(
      async () => {
        const found = /^pid (\d+)$/m.exec(await readFile(log, "utf8"))?.[1];
        if (found === undefined) throw new Error("the program has not started yet");
        return Number(found);
      },
      { retries: 600, minTimeout: 100, factor: 1 },
    );
    expect(isRunning(pid)).toBe(true);
    controller.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    expect(isRunning(pid)).toBe(false);
  }, 120_000);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

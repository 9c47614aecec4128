import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { PulumiCli } from "./pulumi-cli.ts";
import { localProject, localStack } from "./stack-file.ts";

/**
 * Removes the lock of a CLI that was killed: its process is gone. A lock of one that still runs is left alone, and the
 * next command says who holds it.
 */
export async function releaseStaleLocks({ state, run }: PulumiCli): Promise<void> {
  // Path and content as the CLI's file backend makes them: pulumi v3.250.0, pkg/backend/diy/lock.go.
  const folder = join(state, ".pulumi", "locks", "organization", localProject, localStack);
  // Beside each lock stands a `.attrs` file of the blob library.
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".json"));
  const locks = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8").catch(() => undefined)));
  const present = locks.filter((text) => text !== undefined);
  if (present.length === 0) return;
  if (present.some((text) => isAlive((JSON.parse(text) as { readonly pid: number }).pid))) return;
  await run(["cancel", "--yes", "--stack", localStack]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

import { spawn } from "node:child_process";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Exit } from "./container-state.ts";
import type { Program } from "./program.ts";

/** A program that was started. */
export interface Running {
  readonly pid: number;
  readonly startedAt: Date;
  /** Resolves when it ended, however that came; never rejects. */
  readonly exited: Promise<Exit>;
  /** Sends a signal; does nothing when it has ended. */
  readonly signal: (name: "SIGTERM" | "SIGKILL") => void;
}

/** The folder of a pod: what its containers would have as volumes, and the log. */
export interface PodFolder {
  readonly data: string;
  readonly temporary: string;
  readonly log: string;
}

export async function preparePodFolder(directory: string): Promise<PodFolder> {
  const folder = { data: join(directory, "data"), temporary: join(directory, "tmp"), log: join(directory, "log") };
  for (const path of [folder.data, folder.temporary]) await mkdir(path, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * Starts the program of a pod. It stays in the process group of its starter on purpose: whoever ends or replaces that
 * process by its record (local/processes) ends the whole group, so no program survives a runner that was killed.
 */
export async function spawnProgram(binary: string, program: Program, folder: PodFolder): Promise<Running> {
  const log = await open(folder.log, "a", 0o600);
  const { size } = await log.stat();
  const startedAt = new Date();
  const child = spawn(binary, program.args, {
    cwd: folder.data,
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: folder.data, TMPDIR: folder.temporary, ...program.env },
    stdio: ["ignore", log.fd, log.fd],
  });
  const ended = new Promise<Pick<Exit, "code" | "signal">>((resolve) => {
    // 127: what a shell says of a command that it cannot run.
    child.once("error", (error) => {
      console.error(`${binary}: ${error.message}`);
      resolve({ code: 127 });
    });
    child.once("exit", (code, signal) => resolve(signal === null ? { code: code ?? 0 } : { code: undefined, signal }));
  });
  await log.close();
  const pid = child.pid ?? 0;
  const exited = ended.then(async (end) => ({
    ...end,
    message: await writtenSince(folder.log, size),
    startedAt,
    finishedAt: new Date(),
    ...(child.pid === undefined ? {} : { pid }),
  }));
  return { pid, startedAt, exited, signal: (name) => void child.kill(name) };
}

/** How many lines of an output are told, from its beginning and from its end: the reason may be the first or the last. */
const told = { first: 3, last: 7 } as const;

/** What was written into a log from that byte on, shortened. */
async function writtenSince(file: string, offset: number): Promise<string> {
  const text = (await readFile(file).catch(() => Buffer.alloc(0))).subarray(offset).toString("utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length <= told.first + told.last) return lines.join("\n");
  return [...lines.slice(0, told.first), "...", ...lines.slice(-told.last)].join("\n");
}

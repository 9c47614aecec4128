import { readdir, readFile } from "node:fs/promises";

import { execa } from "execa";

/** A living process of the machine. */
export interface ProcessEntry {
  readonly pid: number;
  readonly group: number;
  /** When it started, in the operating system's own words: with the pid it tells a process from a later one. */
  readonly started: string;
}

/** The living processes; a zombie (ended, not yet collected by its parent) is not alive. */
export async function processTable(): Promise<ReadonlyMap<number, ProcessEntry>> {
  const entries = process.platform === "linux" ? await readProc() : await readPs();
  return new Map(entries.map((entry) => [entry.pid, entry]));
}

/** The living process with that pid, or undefined. */
export async function findProcess(pid: number): Promise<ProcessEntry | undefined> {
  return process.platform === "linux" ? readProcEntry(String(pid), await bootId()) : (await processTable()).get(pid);
}

/** Linux: /proc, because slim images have no `ps`. */
async function readProc(): Promise<ProcessEntry[]> {
  const boot = await bootId();
  const folders = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(folders.map((pid) => readProcEntry(pid, boot)));
  return entries.filter((entry) => entry !== undefined);
}

/** The start time counts from the boot of the machine, so the boot belongs to it. */
async function bootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "")).trim();
}

async function readProcEntry(pid: string, boot: string): Promise<ProcessEntry | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  // proc(5): pid (comm) state ppid pgrp ... num_threads is field 20, starttime 22. comm may contain blanks and ")".
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, group, threads, started] = [fields[0], fields[2], fields[17], fields[19]];
  if (state === undefined || state === "X") return undefined;
  // Of a killed process the first thread may be a zombie while others still end: they hold its ports and files.
  if (state === "Z" && Number(threads) <= 1) return undefined;
  return { pid: Number(pid), group: Number(group), started: `${boot}/${started}` };
}

/** macOS and other systems. LC_ALL=C, or the date would change with the user's language. */
async function readPs(): Promise<ProcessEntry[]> {
  const { stdout } = await execa("ps", ["-A", "-o", "pid=,pgid=,stat=,lstart="], { env: { LC_ALL: "C" } });
  return stdout.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*?)\s*$/.exec(line);
    if (match === null || match[3]?.startsWith("Z")) return [];
    return [{ pid: Number(match[1]), group: Number(match[2]), started: match[4] ?? "" }];
  });
}

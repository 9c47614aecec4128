import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Layout } from "../layout.ts";

/** Files of the process that runs the pods' programs. */
export function workloadsDirectory(layout: Layout): string {
  return join(layout.directory, "workloads");
}

/** Below it each pod has a folder of its own. */
export function podsDirectory(layout: Layout): string {
  return join(workloadsDirectory(layout), "pods");
}

/** The folder of a pod. A namespace has no "_" in its name, so two pods never share one. */
export function podFolderName(namespace: string, name: string): string {
  return `${namespace}_${name}`;
}

/** Deletes the folders of pods that went while nobody looked. @param keep the names of folders that are in use */
export async function deleteOldFolders(directory: string, keep: ReadonlySet<string>): Promise<void> {
  const found = await readdir(directory).catch(() => []);
  const old = found.filter((name) => !keep.has(name));
  await Promise.all(old.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}

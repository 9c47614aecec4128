import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout that holds this command. */
export const packageRoot = realpathSync(resolve(dirname(fileURLToPath(import.meta.url)), "..", ".."));

/** Folders that may hold the cache, best first; the second is for an installation that only root can write. */
export const cacheFolders = [
  join(packageRoot, "node_modules", ".cache", "gitops"),
  join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "gitops-platform", "bundles"),
];

/** What npm installed, or else what it was asked to install: it stands for everything in node_modules. */
export function lockFile() {
  const installed = join(packageRoot, "node_modules", ".package-lock.json");
  return existsSync(installed) ? installed : join(packageRoot, "package-lock.json");
}

/**
 * The name of a source that is the same in every checkout (`project:infra/index.ts`); undefined for what is installed.
 * The name holds no path of a machine, so that the bundle of a revision serves wherever that is checked out.
 */
export function nameOf(path, roots) {
  if (path.includes(`${sep}node_modules${sep}`)) return undefined;
  for (const root of ["project", "package"]) {
    const inside = relative(roots[root], path);
    if (!inside.startsWith("..")) return `${root}:${inside.split(sep).join("/")}`;
  }
  return undefined;
}

/** The file behind a name of `nameOf`. */
export function fileOf(name, roots) {
  const [root, path] = name.split(/:(.*)/s);
  return join(roots[root], path);
}

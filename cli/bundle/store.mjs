import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { cacheFolders, fileOf, lockFile, packageRoot } from "./roots.mjs";

/** Bundles of one entry that are kept: enough to go back and forth between some branches. */
const kept = 8;

/** What a bundle depends on besides the sources in it: the entry, the packages, this bundler, the runtime. */
export function identity(name, entry) {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([name, entry, packageRoot, process.version, process.arch]));
  hash.update(readFileSync(lockFile()));
  const bundler = join(packageRoot, "cli", "bundle");
  for (const file of readdirSync(bundler)
    .filter((file) => file.endsWith(".mjs"))
    .sort()) {
    hash.update(readFileSync(join(bundler, file)));
  }
  return `${name}-${hash.digest("hex").slice(0, 24)}`;
}

/** The content of sources as one digest; undefined when one of them is gone. */
function digestOf(sources, roots) {
  const hash = createHash("sha256");
  try {
    for (const name of sources)
      hash
        .update(name)
        .update("\0")
        .update(readFileSync(fileOf(name, roots)))
        .update("\0");
  } catch {
    return undefined;
  }
  return hash.digest("hex").slice(0, 24);
}

/** Finds the bundle whose sources are, byte for byte, the sources of now. */
export function find(id, roots) {
  for (const folder of cacheFolders) {
    const directory = join(folder, id);
    for (const list of newestFirst(directory, ".json")) {
      try {
        const { sources, digest } = JSON.parse(readFileSync(join(directory, list), "utf8"));
        if (digestOf(sources, roots) !== digest) continue;
        const file = join(directory, `${digest}.cjs`);
        const code = readFileSync(file, "latin1");
        touch(join(directory, list));
        return { file, code };
      } catch {
        // Half of an entry that another process is just removing: the next one, or a new build.
      }
    }
  }
  return undefined;
}

/** Keeps a bundle. Where nothing can be written, the file is undefined and the next start builds again. */
export function keep(id, roots, { code, sources }) {
  const digest = digestOf(sources, roots);
  for (const folder of cacheFolders) {
    const directory = join(folder, id);
    try {
      mkdirSync(directory, { recursive: true });
      write(join(directory, `${digest}.cjs`), code);
      write(join(directory, `${digest}.json`), JSON.stringify({ digest, sources }));
      prune(folder, id);
      return { file: join(directory, `${digest}.cjs`), code };
    } catch {
      continue;
    }
  }
  return { file: undefined, code };
}

/** Writes a file in one step, so that whoever reads it finds all of it. */
export function write(file, content) {
  const partial = `${file}.${randomUUID()}`;
  writeFileSync(partial, content);
  renameSync(partial, file);
}

function newestFirst(directory, ending) {
  try {
    const names = readdirSync(directory).filter((name) => name.endsWith(ending));
    const times = new Map(names.map((name) => [name, statSync(join(directory, name)).mtimeMs]));
    return names.sort((a, b) => times.get(b) - times.get(a));
  } catch {
    return [];
  }
}

function touch(file) {
  const now = new Date();
  utimesSync(file, now, now);
}

/** Removes the bundles of earlier packages and bundlers once they are a month old, and all but the last of this one. */
function prune(folder, id) {
  const month = Date.now() - 30 * 24 * 3600 * 1000;
  for (const other of readdirSync(folder)) {
    const directory = join(folder, other);
    if (other !== id && statSync(directory).mtimeMs < month) rmSync(directory, { recursive: true, force: true });
  }
  for (const list of newestFirst(join(folder, id), ".json").slice(kept)) {
    const start = list.slice(0, -".json".length);
    for (const ending of [".json", ".cjs", ".v8"]) rmSync(join(folder, id, `${start}${ending}`), { force: true });
  }
}

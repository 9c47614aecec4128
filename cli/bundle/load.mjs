import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script, constants } from "node:vm";

import { build } from "./build.mjs";
import { packageRoot } from "./roots.mjs";
import { find, identity, keep, write } from "./store.mjs";

/** The bundle of an entry, from the cache when no source, package or bundler changed. */
export async function bundle({ name, entry, project = packageRoot }) {
  const roots = { package: packageRoot, project };
  const id = identity(name, entry);
  return { roots, ...(find(id, roots) ?? keep(id, roots, await build(entry, roots))) };
}

/** Runs an entry's bundle and returns what it exports. */
export async function loadBundle(options) {
  const { file, code, roots } = await bundle(options);
  const filename = file ?? join(packageRoot, `${options.name}.cjs`);
  const cache = file?.replace(/\.cjs$/, ".v8");
  const script = new Script(`(function (exports, require, module, __filename, __dirname, __gitopsRoots) {${code}\n})`, {
    filename,
    cachedData: cache && read(cache),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (cache !== undefined && script.cachedDataRejected !== false) keepCompiled(script, cache);
  const module = { exports: {} };
  const require = createRequire(join(packageRoot, "package.json"));
  script.runInThisContext()(module.exports, require, module, filename, dirname(filename), roots);
  return module.exports;
}

/** Keeps what V8 compiled, at the end of the process: by then it includes the functions that were called. */
function keepCompiled(script, cache) {
  process.once("exit", () => {
    try {
      write(cache, script.createCachedData());
    } catch {
      // It only saves time; a full disk is no reason to fail.
    }
  });
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

import { join } from "node:path";

import { lazySdkModules } from "./lazy.mjs";
import { nameOf, packageRoot } from "./roots.mjs";
import { banner, namedRoots, noTraceOfPromises, placesOfSources } from "./sources.mjs";

/**
 * Bundles an entry into one CommonJS file: V8 can keep the compiled form of that (node:vm, cachedData), which it cannot
 * for modules in Node 20.
 * @returns the text, and the names of all sources that are not installed packages
 */
export async function build(entry, roots) {
  // Loaded here: a start from the cache does not need it.
  const esbuild = await import("esbuild");
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents: entry, resolveDir: packageRoot, sourcefile: "gitops-entry", loader: "ts" },
    absWorkingDir: packageRoot,
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // All ASCII, so that the file can be read without decoding it.
    charset: "ascii",
    banner: { js: banner(roots) },
    // For installed ES modules; the project's own get their own place.
    define: { "import.meta.url": "__gitopsInstalled" },
    // Its main file hides its own requires from a bundler (UMD); this is the same as ES modules.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    // What stays outside is CommonJS, and is found from here wherever the bundle is kept.
    supported: { "dynamic-import": false },
    external: ["typescript", "ts-node", "esbuild", "tsx", "node-gyp"],
    // A project in another folder uses what is installed here.
    nodePaths: [join(packageRoot, "node_modules")],
    tsconfigRaw: { compilerOptions: { target: "es2023", verbatimModuleSyntax: true } },
    logLevel: "silent",
    plugins: [namedRoots(roots), lazySdkModules, noTraceOfPromises, placesOfSources(roots)],
  });
  // Without the entry and the lazy modules, which are no files.
  const files = Object.keys(metafile.inputs).filter((input) => input !== "gitops-entry" && !input.startsWith("lazy:"));
  const sources = files.flatMap((input) => nameOf(join(packageRoot, input), roots) ?? []);
  return { code: outputFiles[0].text, sources: sources.sort() };
}

import { readFile } from "node:fs/promises";
import { dirname, extname, join, sep } from "node:path";

import { fileOf, nameOf } from "./roots.mjs";

/** esbuild plugin: resolves `gitops-package:` and `gitops-project:` in an entry. */
export function namedRoots(roots) {
  return {
    name: "named-roots",
    setup(build) {
      build.onResolve({ filter: /^gitops-(package|project):/ }, ({ path }) => ({
        path: fileOf(path.slice("gitops-".length), roots),
      }));
    },
  };
}

/**
 * esbuild plugin: a source that asks where it is (`import.meta.url`) gets the place of the source, not of the bundle.
 * The place is worked out at run time from the roots that the loader gives.
 */
export function placesOfSources(roots) {
  return {
    name: "places-of-sources",
    setup(build) {
      build.onLoad({ filter: /\.[mc]?[tj]s$/ }, async ({ path }) => {
        const name = path.includes(`${sep}node_modules${sep}`) ? undefined : nameOf(path, roots);
        if (name === undefined) return undefined;
        const text = await readFile(path, "utf8");
        const place = JSON.stringify(name);
        // Not where it is text itself, as in the settings of another bundler.
        const contents = text.replace(
          /(?<!["'`\w])import\.meta\.(url|dirname|filename)\b(?!["'`])/g,
          (_, property) => `__gitopsPlace(${place}).${property}`,
        );
        return { contents, loader: extname(path).endsWith("ts") ? "ts" : "js", resolveDir: dirname(path) };
      });
    },
  };
}

/** esbuild plugin: the SDK keeps a stack trace of every promise, which only its debug mode prints. */
export const noTraceOfPromises = {
  name: "no-trace-of-promises",
  setup(build) {
    const file = join("@pulumi", "pulumi", "runtime", "debuggable.js");
    build.onLoad({ filter: /[\\/]debuggable\.js$/ }, async ({ path }) => {
      if (!path.endsWith(file)) return undefined;
      const text = await readFile(path, "utf8");
      const trace = "value: new Error().stack";
      return { contents: text.replace(trace, "value: exports.debugPromiseLeaks ? new Error().stack : undefined") };
    });
  },
};

/** Start of every bundle: the function that the sources' places come from. */
export function banner(roots) {
  return `
var __gitopsRootsHere = typeof __gitopsRoots === "undefined" ? ${JSON.stringify(roots)} : __gitopsRoots;
function __gitopsPlace(name) {
  const [root, path] = name.split(/:(.*)/s);
  const filename = require("node:path").join(__gitopsRootsHere[root], path);
  return { filename, dirname: require("node:path").dirname(filename), get url() { return require("node:url").pathToFileURL(filename).href; } };
}
var __gitopsInstalled = require("node:url").pathToFileURL(require("node:path").join(__gitopsRootsHere.package, "package.json")).href;`;
}

import { join } from "node:path";

import type { Plugin } from "esbuild";

import { packagesFolder } from "./paths.ts";

/**
 * esbuild plugin: @pulumi/policy takes the whole SDK for its classes of assets and archives (deserialize.js), which
 * brings in the automation API, tracing and npm's installer. It gets the module of these classes.
 */
export const packageEntries: Plugin = {
  name: "package-entries",
  setup(build) {
    build.onResolve({ filter: /^@pulumi\/pulumi$/ }, ({ importer }) =>
      importer.includes("policy") ? { path: "assets", namespace: "package-entries" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "package-entries" }, () => ({
      contents: `exports.asset = require(${JSON.stringify(join(packagesFolder, "@pulumi", "pulumi", "asset", "index.js"))});`,
      resolveDir: packagesFolder,
    }));
  },
};

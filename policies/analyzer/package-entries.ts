import { join } from "node:path";

import type { Plugin } from "esbuild";

import { packagesFolder } from "./paths.ts";

/**
 * esbuild plugin: @pulumi/policy takes the whole SDK for its classes of assets and archives (deserialize.js), which
 * brings in the automation API, tracing and npm's installer. It gets the modules of what it uses: assets, and those that
 * writing a remediation's result tells apart (outputs and resources).
 */
export const packageEntries: Plugin = {
  name: "package-entries",
  setup(build) {
    build.onResolve({ filter: /^@pulumi\/pulumi$/ }, ({ importer }) =>
      importer.includes("policy") ? { path: "assets", namespace: "package-entries" } : undefined,
    );
    const part = (name: string) => `require(${JSON.stringify(join(packagesFolder, "@pulumi", "pulumi", name))})`;
    build.onLoad({ filter: /.*/, namespace: "package-entries" }, () => ({
      contents: `module.exports = { ...${part("output.js")}, ...${part("resource.js")}, asset: ${part("asset/index.js")} };`,
      resolveDir: packagesFolder,
    }));
  },
};

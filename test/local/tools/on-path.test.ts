import { basename } from "node:path";

import { describe, expect, test } from "@jest/globals";

import type { ToolSpec } from "../../../local/tools/manifest.ts";
import { findOnPath } from "../../../local/tools/on-path.ts";
import type { Recipe } from "../../../local/tools/recipe.ts";

// Node.js stands for a tool: it is on PATH wherever this runs and prints its version alone.
const node = { package: ".", versionArguments: ["--version"] };

function recipe(version: string, spec: Partial<ToolSpec>): Recipe {
  return {
    folder: "etcd",
    spec: { module: "example.com/node", binaries: { node }, coldBuildSeconds: 1, ...spec },
    directory: "/nowhere",
    version,
    flags: [],
    digest: "0",
  };
}

describe("a binary on PATH", () => {
  test("serves when it has exactly the pinned version", async () => {
    const found = await findOnPath(recipe(process.version, {}));
    expect([...(found?.keys() ?? [])]).toEqual(["node"]);
    expect(basename(found?.get("node") ?? "")).toBe("node");
  });

  test.each<[string, string, Partial<ToolSpec>]>([
    ["has another version", "v0.0.1", {}],
    ["has a version that only begins alike", process.version.slice(0, -1), {}],
    ["cannot tell its version", process.version, { binaries: { node: { package: "." } } }],
    ["fails when asked", process.version, { binaries: { node: { package: ".", versionArguments: ["--no-such"] } } }],
    ["is one of several that are not all there", process.version, { binaries: { node, "no-such-program": node } }],
    ["needs files of its module", process.version, { files: ["manifests"] }],
  ])("does not serve when it %s", async (_, version, spec) => {
    expect(await findOnPath(recipe(version, spec))).toBeUndefined();
  });
});

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { describe, expect, test } from "@jest/globals";

import { buildFlags } from "../../../local/tools/build-flags.ts";
import { readGoModule } from "../../../local/tools/go-module.ts";
import { toolFolders, toolSpec } from "../../../local/tools/manifest.ts";
import { toolsDirectory } from "../../../local/tools/recipe.ts";

const exactVersion = /^v\d+\.\d+\.\d+([-+][\w.+-]+)?$/;

describe.each(toolFolders)("the folder %s", (folder) => {
  const directory = join(toolsDirectory, folder);
  const spec = toolSpec(folder);

  test("pins every module to one exact version, with its checksum", async () => {
    const { versions, go } = await readGoModule(directory);
    expect(go).toMatch(/^1\.26\.\d+$/);
    expect(versions.size).toBeGreaterThan(0);
    for (const [, version] of versions) expect(version).toMatch(exactVersion);
    const sum = await readFile(join(directory, "go.sum"), "utf8");
    expect(sum).toContain(`${spec.module} ${versions.get(spec.module)} h1:`);
  });

  test("replaces modules only by published versions, never by folders", async () => {
    const goMod = await readFile(join(directory, "go.mod"), "utf8");
    for (const [, target] of goMod.matchAll(/=>\s*(\S.*)$/gm)) expect(target).toMatch(/^\S+ v\d+\.\d+\.\d+\S*$/);
  });

  test("declares every package it builds as a tool of its go.mod", async () => {
    const goMod = await readFile(join(directory, "go.mod"), "utf8");
    for (const { package: goPackage } of Object.values(spec.binaries)) {
      if (goPackage !== ".") expect(goMod).toMatch(new RegExp(`^(tool |\\t)${goPackage.replaceAll(".", "\\.")}$`, "m"));
    }
  });

  test("can name its binaries: Go names those of one command after their packages", () => {
    const binaries = Object.entries(spec.binaries);
    if (binaries.length > 1) for (const [name, binary] of binaries) expect(basename(binary.package)).toBe(name);
  });

  test("fills the linker's variables from go.mod, with nothing missing", async () => {
    const { versionOf } = await readGoModule(directory);
    const flags = buildFlags(spec, versionOf);
    expect(flags.slice(0, 3)).toEqual(["-trimpath", "-buildvcs=false", "-ldflags"]);
    expect(flags[3]).toMatch(/^-s -w( -X [\w./-]+\.\w+=[\w.-]+)*$/);
  });
});

describe.each([
  // The staging modules of a release: `replace` of k8s.io/kubernetes' own go.mod.
  { folder: "kubernetes", stagingModules: 33 },
  { folder: "kubernetes-previous", stagingModules: 31 },
] as const)("$folder", ({ folder, stagingModules }) => {
  test("gets a version that clients can parse", async () => {
    const { versionOf } = await readGoModule(join(toolsDirectory, folder));
    const version = versionOf("k8s.io/kubernetes");
    const [major, minor] = version.slice(1).split(".");
    const ldflags = buildFlags(toolSpec(folder), versionOf)[3]?.split(" ");
    expect(ldflags).toContain(`k8s.io/component-base/version.gitVersion=${version}`);
    expect(ldflags).toContain(`k8s.io/component-base/version.gitMajor=${major}`);
    expect(ldflags).toContain(`k8s.io/component-base/version.gitMinor=${minor}`);
  });

  test("has every module of the same release", async () => {
    const { versions, versionOf } = await readGoModule(join(toolsDirectory, folder));
    const goMod = await readFile(join(toolsDirectory, folder, "go.mod"), "utf8");
    const replaced = [...goMod.matchAll(/^\s*(k8s\.io\/\S+) => /gm)].map(([, name]) => name ?? "");
    expect(replaced).toHaveLength(stagingModules);
    const staging = versionOf("k8s.io/kubernetes").replace(/^v1\./, "v0.");
    for (const name of replaced) expect([name, versions.get(name)]).toEqual([name, staging]);
  });
});

test("kubernetes-previous is one minor before kubernetes: an upgrade skips none", async () => {
  const minors = ["kubernetes-previous", "kubernetes"].map(async (folder) => {
    const { versionOf } = await readGoModule(join(toolsDirectory, folder));
    return Number(versionOf("k8s.io/kubernetes").split(".")[1]);
  });
  const [previous = 0, current] = await Promise.all(minors);
  expect(current).toBe(previous + 1);
});

test("a module that go.mod lacks is named with the file and the way to mend it", async () => {
  const directory = join(toolsDirectory, "redis");
  const { versionOf } = await readGoModule(directory);
  expect(() => versionOf("example.com/none")).toThrow(
    `no version of "example.com/none" in ${join(directory, "go.mod")}: run "go mod tidy" there`,
  );
});

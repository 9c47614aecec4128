import { describe, expect, test } from "@jest/globals";

import { digest } from "../../../local/tools/digest.ts";
import type { BuildInputs } from "../../../local/tools/digest.ts";

const inputs: BuildInputs = {
  go: "go1.26.8 linux amd64",
  flags: ["-trimpath", "-ldflags", "-s -w"],
  sources: { "go.mod": "module a", "go.sum": "sum", "main.go": "package main" },
  binaries: { a: { package: "." } },
  files: ["manifests"],
};

const changes: Readonly<Record<string, Partial<BuildInputs>>> = {
  "Go's version": { go: "go1.26.9 linux amd64" },
  "the platform": { go: "go1.26.8 darwin arm64" },
  "a flag": { flags: ["-trimpath", "-ldflags", "-s"] },
  "the split of flags": { flags: ["-trimpath", "-ldflags -s -w"] },
  "go.mod": { sources: { ...inputs.sources, "go.mod": "module b" } },
  "go.sum": { sources: { ...inputs.sources, "go.sum": "other" } },
  "our own main.go": { sources: { ...inputs.sources, "main.go": "package main // changed" } },
  "one more source": { sources: { ...inputs.sources, "more.go": "" } },
  "text moved between sources": { sources: { ...inputs.sources, "go.mod": "module", "go.sum": " asum" } },
  "a binary's name": { binaries: { b: { package: "." } } },
  "a binary's package": { binaries: { a: { package: "./cmd" } } },
  "one more binary": { binaries: { ...inputs.binaries, b: { package: "./b" } } },
  "the files carried along": { files: ["manifests", "hack"] },
};

describe("the digest", () => {
  test.each(Object.entries(changes))("changes with %s", (_, change) => {
    expect(digest({ ...inputs, ...change })).not.toBe(digest(inputs));
  });

  test("is the same for the same inputs, in whatever order sources were read", () => {
    const reversed = Object.fromEntries(Object.entries(inputs.sources).reverse());
    expect(digest({ ...inputs, sources: reversed })).toBe(digest(inputs));
    expect(digest(inputs)).toMatch(/^[0-9a-f]{32}$/);
  });

  test("does not depend on how a version is asked for: that changes no binary", () => {
    const asked = { a: { package: ".", versionArguments: ["--version"] } };
    expect(digest({ ...inputs, binaries: asked })).toBe(digest(inputs));
  });
});

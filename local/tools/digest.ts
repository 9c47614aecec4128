import { createHash } from "node:crypto";

import type { BinarySpec } from "./manifest.ts";
import type { Replacement } from "./patched-module.ts";

/** What decides the result of a build. */
export interface BuildInputs {
  /** Go's version and platform, such as "go1.26.8 linux amd64". */
  readonly go: string;
  readonly flags: readonly string[];
  /** The content of go.mod, go.sum and the folder's own .go files, by name. */
  readonly sources: Readonly<Record<string, string>>;
  readonly binaries: Readonly<Record<string, BinarySpec>>;
  /** What is carried along from the module. */
  readonly files: readonly string[];
  /** What the build reads otherwise than the module has it. Default none. */
  readonly replacements?: readonly Replacement[];
}

/** 32 hexadecimal digits of a SHA-256 over all inputs; independent of the order in which sources were read. */
export function digest(inputs: BuildInputs): string {
  const bySourceName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);
  const ordered = [
    inputs.go,
    inputs.flags,
    Object.entries(inputs.sources).sort(bySourceName),
    Object.entries(inputs.binaries).map(([name, binary]) => [name, binary.package]),
    inputs.files,
    (inputs.replacements ?? []).map(({ file, from, to }) => [file, from, to]),
  ];
  // JSON keeps the inputs apart: ["ab", "c"] and ["a", "bc"] differ.
  return createHash("sha256").update(JSON.stringify(ordered)).digest("hex").slice(0, 32);
}

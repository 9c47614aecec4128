import { chmod, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Layout } from "../layout.ts";

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Writes `kubectl` into the platform's bin folder, set up for this platform. */
export async function writeKubectl(layout: Layout, program: string): Promise<void> {
  const file = join(layout.bin, "kubectl");
  const lines = [
    "#!/bin/sh",
    "# The real kubectl. KUBECONFIG in the environment is left out on purpose: this one is for this platform.",
    `KUBECONFIG=${quote(layout.kubeconfig)} exec ${quote(program)} "$@"`,
    "",
  ];
  await rm(file, { force: true });
  await writeFile(file, lines.join("\n"), { mode: 0o755 });
  await chmod(file, 0o755);
}

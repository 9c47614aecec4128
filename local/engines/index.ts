import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Layout } from "../layout.ts";

import type { Engine, EngineContext, EngineName } from "./engine.ts";
import { pulumiEngine } from "./pulumi.ts";
import { rehearsalEngine } from "./rehearsal.ts";

export { engineNames } from "./engine.ts";
export type { EngineName } from "./engine.ts";
export { localContext, localStack, writeStackFile } from "./stack-file.ts";

const engines: Readonly<Record<EngineName, Engine>> = { rehearsal: rehearsalEngine, pulumi: pulumiEngine };

/**
 * Applies the Pulumi program to the platform.
 *
 * The engine is chosen once for a platform: each keeps its own record of what it made, and would not remove what the
 * other one did.
 * @returns one line that says what was done
 */
export async function applyProgram(name: EngineName, context: EngineContext): Promise<string> {
  const file = join(context.layout.directory, "engine");
  const earlier = await chosenEngine(context.layout);
  if (earlier !== undefined && earlier !== name) {
    throw new Error(
      `--engine "${name}": this platform was made with "${earlier}", which alone knows what it made; ` +
        `start with --engine ${earlier}, or begin anew with \`npm stop -- --purge\``,
    );
  }
  await writeFile(file, `${name}\n`, { mode: 0o600 });
  return engines[name](context);
}

/** The engine that this platform was made with; `undefined` before the first start. */
export async function chosenEngine(layout: Layout): Promise<string | undefined> {
  return readFile(join(layout.directory, "engine"), "utf8").then(
    (text) => text.trim(),
    () => undefined,
  );
}

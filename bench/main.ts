/** `npm run bench`: what the local platform costs in time and memory, measured on one of its own. */
import { writeFile } from "node:fs/promises";

import { Command, InvalidArgumentError } from "commander";

import { interruptSignal } from "../local/commands/interrupt.ts";

import { measure } from "./measure.ts";
import { resultTable } from "./table.ts";

interface Options {
  readonly commits: number;
  readonly drifts: number;
  readonly json: boolean;
  readonly out?: string;
}

const program = new Command("bench")
  .description("Measures start, commit to Healthy, drift healing and memory on a throw-away platform.")
  .option("--commits <number>", "commits to deploy, one after the other", count, 20)
  .option("--drifts <number>", "changes by hand to heal; at most one a commit", count, 10)
  .option("--json", "print JSON instead of the table", false)
  .option("--out <file>", "also write the JSON to a file")
  .addHelpText(
    "after",
    "\nPublishes HEAD; progress goes to stderr.\n\nExamples:\n  npm run bench\n  npm run bench -- --commits 5 --drifts 2 --out bench.json",
  )
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async ({ json, out, ...options }: Options) => {
    const signal = interruptSignal("its platform is gone");
    const result = await measure({ ...options, signal, onProgress: (line) => console.error(line) });
    const text = JSON.stringify(result, null, 2);
    if (out !== undefined) await writeFile(out, `${text}\n`);
    console.log(json ? text : resultTable(result));
  });

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("expected a whole number, 1 or more");
  return value;
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

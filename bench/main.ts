/** `npm run bench`: what a plan and the local platform cost in time and memory. */
import { writeFile } from "node:fs/promises";

import { Command, InvalidArgumentError, Option } from "commander";

import { interruptSignal } from "../local/commands/interrupt.ts";

import { measurePlan } from "./plan.ts";
import { measurePlatform } from "./platform.ts";
import { machine } from "./result.ts";
import type { BenchResult } from "./result.ts";
import { resultTable } from "./table.ts";

interface Options {
  readonly only?: "plan" | "platform";
  readonly runs: number;
  readonly commits: number;
  readonly drifts: number;
  readonly json: boolean;
  readonly out?: string;
}

const program = new Command("bench")
  .description(
    "Measures `gitops plan` against its parts and `pulumi preview` (where the CLI is), and start, commit to Synced,\n" +
      "drift healing and memory of a throw-away platform.",
  )
  .addOption(new Option("--only <what>", "leave out the other").choices(["plan", "platform"]))
  .option("--runs <number>", "plans to time, each a process of its own", count, 7)
  .option("--commits <number>", "commits to deploy, one after the other", count, 20)
  .option("--drifts <number>", "changes by hand to heal; at most one a commit", count, 10)
  .option("--json", "print JSON instead of the table", false)
  .option("--out <file>", "also write the JSON to a file")
  .addHelpText(
    "after",
    "\nPublishes HEAD; progress goes to stderr.\n\nExamples:\n  npm run bench\n  npm run bench -- --only plan\n" +
      "  npm run bench -- --commits 5 --drifts 2 --out bench.json",
  )
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async ({ json, out, only, ...options }: Options) => {
    const signal = interruptSignal("its platform is gone");
    const onProgress = (line: string): void => console.error(line);
    // Before the platform: its processes would be timed with it.
    const plan = only === "platform" ? undefined : await measurePlan({ ...options, signal, onProgress });
    const platform = only === "plan" ? undefined : await measurePlatform({ ...options, signal, onProgress });
    const result: BenchResult = {
      at: new Date().toISOString(),
      machine: machine(),
      ...(plan === undefined ? {} : { plan }),
      ...(platform === undefined ? {} : { platform }),
    };
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

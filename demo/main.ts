/** `npm run demo`: a tour of progressive delivery and autoscaling on the real controllers. */
import { Argument, Command, Option } from "commander";

import { interruptSignal } from "../local/commands/interrupt.ts";
import { layout } from "../local/layout.ts";

import { narrator } from "./narrator.ts";
import { play } from "./play.ts";
import { scenes } from "./scenes/index.ts";

const list = scenes.map(({ name, title }) => `  ${name.padEnd(20)}${title}`).join("\n");

const program = new Command("demo")
  .description("A tour of releases, scaling and feature flags on the local platform, in dev.")
  .addArgument(
    new Argument("[scenes...]", "play these alone").choices(scenes.map(({ name }) => name)).default([], "all of them"),
  )
  .addOption(new Option("--directory <path>", "folder of the platform").env("GITOPS_LOCAL_DIR").default(".local"))
  .addHelpText(
    "after",
    `\nScenes:\n${list}\n\nThe whole tour takes about twenty minutes. It starts the platform where it does not run, and puts the\n` +
      "applications back at its end, also on Ctrl-C.\n\nExamples:\n  npm run demo\n  npm run demo -- bad-release\n" +
      "\nExit codes: 0 everything happened as it should, 1 something did not (stderr says what), 2 wrong usage.",
  )
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async (names: readonly string[], options: { readonly directory: string }) => {
    const chosen = names.length === 0 ? scenes : scenes.filter(({ name }) => names.includes(name));
    const tell = narrator((line) => console.log(line), Boolean(process.stdout.isTTY));
    const signal = interruptSignal("the applications are put back; the platform goes on");
    await play({ layout: layout(options.directory), scenes: chosen, tell, signal });
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

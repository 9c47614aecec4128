/** The commands behind `npm start`, `npm stop` and `npm run status`. */
import { resolve } from "node:path";

import { Command, Option } from "commander";

import type { GitopsKind } from "../infra/config/gitops.ts";

import { applicationTable } from "./commands/application-table.ts";
import { interruptSignal } from "./commands/interrupt.ts";
import { nextSteps } from "./commands/next-steps.ts";
import { engineNames } from "./engines/engine.ts";
import type { EngineName } from "./engines/engine.ts";
import { gitopsNames } from "./gitops/choice.ts";
import { layout, projectDirectory } from "./layout.ts";
import { kubernetesTools } from "./tools/kubernetes-versions.ts";

const directory = new Option("--directory <path>", "folder of the platform").env("GITOPS_LOCAL_DIR").default(".local");

const checkout = new Option("--checkout <path>", "Git checkout whose HEAD is published").default(
  projectDirectory,
  "this project",
);

const kubernetesVersions = kubernetesTools();

interface Shared {
  readonly directory: string;
}
interface WithCheckout extends Shared {
  readonly checkout: string;
}

const program = new Command("local")
  .description("The GitOps platform on this machine: real controllers as processes, on loopback alone.")
  .showHelpAfterError()
  .addHelpText("after", "\nExit codes: 0 done, 1 failed (stderr says what and how to mend it), 2 wrong usage.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command("start")
  .description("bring the platform up, or repair it, and wait until every application is where it should be")
  .addOption(directory)
  .addOption(new Option("--engine <name>", "what applies the Pulumi program").choices(engineNames).default("rehearsal"))
  .addOption(
    new Option(
      "--gitops <name>",
      "what brings Git into the cluster; default: as before, argocd for a new platform",
    ).choices(gitopsNames),
  )
  .addOption(
    new Option("--kubernetes <version>", "which Kubernetes runs; the newer one upgrades a platform of the older one")
      .choices(kubernetesVersions.map(({ minor }) => minor))
      .default(kubernetesVersions[0].minor),
  )
  .addOption(checkout)
  .addHelpText("after", "\nExamples:\n  npm start\n  npm start -- --engine pulumi\n  npm start -- --gitops flux")
  .action(
    async (
      options: WithCheckout & {
        readonly engine: EngineName;
        readonly gitops?: GitopsKind;
        readonly kubernetes: string;
      },
    ) => {
      // Loaded here, so that --help and status do not wait for what only a start needs.
      const { start } = await import("./commands/start.ts");
      const signal = interruptSignal("what runs goes on; `npm start` continues, `npm stop` ends it");
      const platform = layout(options.directory);
      const kubernetes = kubernetesVersions.find(({ minor }) => minor === options.kubernetes) ?? kubernetesVersions[0];
      const started = await start(platform, {
        engine: options.engine,
        gitops: options.gitops,
        kubernetes,
        signal,
        checkout: resolve(options.checkout),
      });
      for (const warning of started.warnings) console.warn(`warning: ${warning}`);
      console.log(`\n${applicationTable(started.applications)}\n\n${nextSteps(platform, started)}`);
    },
  );

program
  .command("stop")
  .description("end every process of the platform; its data stays for the next start")
  .addOption(directory)
  .option("--purge", "also delete the data: cluster, repository, certificates, logs", false)
  .addOption(checkout)
  .addHelpText("after", "\nExamples:\n  npm stop\n  npm stop -- --purge")
  .action(async (options: WithCheckout & { readonly purge: boolean }) => {
    const { stop } = await import("./commands/stop.ts");
    const count = await stop(layout(options.directory), { purge: options.purge, checkout: resolve(options.checkout) });
    console.log(`${count} processes ended${options.purge ? `, ${options.directory} deleted` : ""}`);
  });

program
  .command("status")
  .description("print the applications and, when something died, the processes")
  .addOption(directory)
  .option("--json", "for programs: state, processes and applications as one JSON document", false)
  .addHelpText("after", "\nExit code 1 when the platform is stopped or broken.\n\nExample:\n  npm run status -- --json")
  .action(async (options: Shared & { readonly json: boolean }) => {
    const { status } = await import("./commands/status.ts");
    const { processTable } = await import("./commands/process-table.ts");
    const current = await status(layout(options.directory));
    if (current.state !== "running") process.exitCode = 1;
    if (options.json) console.log(JSON.stringify(current, null, 2));
    else if (current.state === "stopped") console.log("the platform is stopped; `npm start` starts it");
    else {
      if (current.state === "broken") console.log(`${processTable(current.processes)}\n\`npm start\` repairs it\n`);
      console.log(applicationTable(current.applications));
    }
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

import { Command } from "commander";

import { checkDrift } from "../drift/check.ts";
import { setOutputs } from "../github/outputs.ts";
import { deployStack } from "../stacks/deploy.ts";
import { guardEnvironment } from "../stacks/guard.ts";
import { previewStack } from "../stacks/preview.ts";
import { readTargets, targetsOf } from "../stacks/targets.ts";

/** Commands about stacks. They end with the exit code of Pulumi. */
export function stackCommands(project: () => string): readonly Command[] {
  const stack = ["--stack <name>", "stack, as in Pulumi.<name>.yaml"] as const;
  const out = ["--out <folder>", "folder of the report"] as const;
  return [
    new Command("targets")
      .description("output `targets`: the stacks that a branch deploys (all without --branch), as JSON for a matrix")
      .option("--branch <name>", "a branch")
      .action(async ({ branch }: { readonly branch?: string }) => {
        const targets = branch === undefined ? await readTargets(project()) : await targetsOf(project(), branch);
        await setOutputs({ targets: JSON.stringify(targets) }, process.env);
      }),
    new Command("preview")
      .description("preview a stack with the policy pack, and write the difference as a part of the report")
      .requiredOption(...stack)
      .requiredOption(...out)
      .action(async (options: { readonly stack: string; readonly out: string }) => {
        process.exitCode = await previewStack(options.stack, options.out, project());
      }),
    new Command("guard")
      .description("refuse a stack that must wait for a reviewer and would not")
      .requiredOption(...stack)
      .action(async (options: { readonly stack: string }) => {
        console.log(await guardEnvironment(options.stack, process.env));
      }),
    new Command("deploy")
      .description("bring a stack to what its branch says, unless the policy pack objects")
      .requiredOption(...stack)
      .requiredOption("--commit <sha>", "what is deployed")
      .action(async (options: { readonly stack: string; readonly commit: string }) => {
        process.exitCode = await deployStack(options.stack, options.commit, project());
      }),
    new Command("drift")
      .description("look whether the cloud still is what Git says, and write a part of the report")
      .requiredOption(...stack)
      .requiredOption(...out)
      .action(async (options: { readonly stack: string; readonly out: string }) => {
        process.exitCode = await checkDrift(options.stack, options.out, project());
      }),
  ];
}

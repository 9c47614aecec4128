import { Argument, Command } from "commander";

const examples = `
Examples:
  terraform show -json > state.json
  gitops from-terraform state.json                   what the platform makes of it, and what it does not
  gitops from-terraform state.json --out import.json also the file for \`pulumi import --file\`
  gitops from-terraform eks.tfvars.json              from the module's inputs; they name no ids to import
  gitops from-terraform state.json --json | jq .leftOut

Reads a state or a plan as \`terraform show -json\` prints it, or inputs of terraform-aws-modules/eks (v20 or v21) as JSON, and
prints the \`cluster\` section of Pulumi.<stack>.yaml, the import file, and every input that was not taken over, with the
reason. It asks AWS nothing and runs no Terraform and no Pulumi; a state holds secrets, and none are printed.

Exit codes: 0 done, 1 the section for a new cluster needs a decision, 2 bad usage, or the file is none of these.`;

/** Options as commander gives them. */
export interface FromTerraformFlags {
  readonly out?: string;
  readonly directory?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** `gitops from-terraform`. */
export function fromTerraformCommand(done: (exitCode: number) => void): Command {
  return new Command("from-terraform")
    .description("turn a Terraform state of an EKS cluster into this platform's configuration and a Pulumi import file")
    .addArgument(new Argument("<file>", "output of `terraform show -json`, or a .tfvars.json"))
    .option("--out <file>", "write the import file; one that exists is left alone")
    .option("--directory <path>", "the project. Default: the folder with a Pulumi.yaml, here or above")
    .option("--dry-run", "write nothing, even with --out")
    .option("--json", "one JSON document (cli/README.md describes it)")
    .showHelpAfterError("(gitops from-terraform --help shows the options)")
    .addHelpText("after", examples)
    .action(async (file: string, flags: FromTerraformFlags) => {
      // Loaded here: --help does not wait for it.
      const { runFromTerraform } = await import("../from-terraform/run.ts");
      done(await runFromTerraform(file, flags));
    });
}

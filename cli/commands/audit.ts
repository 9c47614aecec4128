import { Command, InvalidArgumentError, Option } from "commander";

import type { Environment } from "../../infra/environments.ts";
import { auditKinds } from "../audit/kinds.ts";
import type { AuditKind } from "../audit/kinds.ts";
import { repositoryOptions } from "../repository/flags.ts";
import type { RepositoryFlags } from "../repository/flags.ts";

import { applicationName, collectEnvironment } from "./arguments.ts";

const examples = `
Examples:
  gitops audit --since 30d                                 everything, newest first
  gitops audit --since 2026-10-01 --until 2027-01-01 --format csv --out trail.csv
  gitops audit --since 24h --local --kind denied --kind manual-change
  gitops audit --env prod --app core-trading --order oldest --json
  aws logs tail /aws/eks/<cluster>/cluster --log-stream-name-prefix kube-apiserver-audit --since 30d --format short |
    gitops audit --since 30d --kubernetes-audit-log -
  gitops audit --verify                                    was anything tampered with?
  gitops audit --show-key >> policies/allowed_signers      my own line, or with --local the platform's
  gitops audit --verify --expect notes=<commit> --allowed-signers signers

The evidence of what happened, and who did it: the commits of the environments' branches, the notes under
refs/notes/deployments, freezes, waivers, and what the Kubernetes API denied or let a person change. docs/audit.md says
what is told, and what --verify protects against.

Exit codes: 0 told or verified, 1 a source could not be read wholly or the trail is broken, 2 bad usage.`;

/** Options as commander gives them. */
export interface AuditFlags extends RepositoryFlags {
  readonly since: string;
  readonly until?: string;
  readonly env: readonly Environment[];
  readonly app: readonly string[];
  readonly kind: readonly AuditKind[];
  readonly format: "table" | "json" | "csv";
  readonly json?: true;
  readonly order: "oldest" | "newest";
  readonly limit: number;
  readonly out?: string;
  readonly kubernetesAuditLog: readonly string[];
  readonly verify?: true;
  readonly showKey?: true;
  readonly allowedSigners?: string;
  readonly expect: readonly string[];
}

/** `gitops audit`. */
export function auditCommand(done: (exitCode: number) => void): Command {
  const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];
  const command = new Command("audit")
    .description("tell who did what, when and why in all environments, and verify that nobody changed that since")
    .option("--since <time>", "36h, 30d, a day, or ISO 8601 with offset", "30d")
    .option("--until <time>", "as --since. Default: now")
    .option("--env <name>", "only this environment; can be repeated", collectEnvironment, [])
    .option(
      "--app <name>",
      "only this application; can be repeated",
      (name, before: readonly string[]) => [...before, applicationName(name)],
      [],
    )
    .option("--kind <name>", `only this kind; can be repeated: ${auditKinds.join(", ")}`, kind, [])
    .addOption(new Option("--format <name>", "of the output").choices(["table", "json", "csv"]).default("table"))
    .option("--json", "as --format json (docs/audit.md describes it)")
    .addOption(new Option("--order <name>", "which entry is first").choices(["newest", "oldest"]).default("newest"))
    .option("--limit <number>", "newest entries that are told", count, 10_000)
    .option("--out <file>", "instead of standard output")
    .option("--kubernetes-audit-log <file>", "exported audit log; - is standard input; can be repeated", collect, [])
    .option("--local [directory]", "the platform of this machine, with its audit log")
    .option("--verify", "check instead that the trail is whole and signed")
    .option("--allowed-signers <file>", "whose signatures count. Default: policies/allowed_signers of the last branch")
    .option("--show-key", "print instead the line of policies/allowed_signers for the key that signs records here")
    .option("--expect <name=commit>", "a commit that notes or a branch had; can be repeated", collect, []);
  return repositoryOptions(command)
    .showHelpAfterError("(gitops audit --help shows the options)")
    .addHelpText("after", examples)
    .action(async (flags: AuditFlags) => {
      // Loaded here: --help does not wait for it.
      const { runAudit } = await import("../audit/run.ts");
      done(await runAudit(flags));
    });
}

function kind(text: string, before: readonly string[]): readonly string[] {
  if ((auditKinds as readonly string[]).includes(text)) return [...before, text];
  throw new InvalidArgumentError(`"${text}" is no kind; allowed are ${auditKinds.join(", ")}.`);
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1_000_000) return value;
  throw new InvalidArgumentError(`"${text}" is no whole number from 1 to 1000000; give for example 100.`);
}

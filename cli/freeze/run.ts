import { environments } from "../../infra/environments.ts";
import type { FreezeFlags, UnfreezeFlags } from "../commands/freeze.ts";
import { exitCodes } from "../errors.ts";
import { personOf } from "../repository/open.ts";

import { deliveryFor } from "./delivery.ts";
import { openFreezes } from "./file.ts";
import type { FreezeFile } from "./file.ts";
import { planFreeze, planUnfreeze } from "./plan.ts";
import type { FreezePlan } from "./plan.ts";
import { propose } from "./propose.ts";
import { checkRecordable, record } from "./record.ts";
import { freezeText } from "./report.ts";
import type { FreezeReport } from "./report.ts";

/**
 * `gitops freeze`.
 * @returns the exit code
 * @throws UsageError for a time that is past or too long, an unknown application, or what git or the host refuses
 */
export function runFreeze(flags: FreezeFlags, now = new Date()): Promise<number> {
  return run(flags, `freeze/${nameOf(flags.env, flags.app)}`, now, (file, person) =>
    planFreeze(file, flags, person, now),
  );
}

/**
 * `gitops unfreeze`: ends what holds now and what is to come.
 * @returns the exit code
 */
export function runUnfreeze(flags: UnfreezeFlags, now = new Date()): Promise<number> {
  const head = `unfreeze/${nameOf(flags.env, flags.app === undefined ? [] : [flags.app])}`;
  return run(flags, head, now, (file) => planUnfreeze(file, flags, now));
}

const nameOf = (environment: string, applications: readonly string[]): string =>
  [environment, ...[...applications].sort()].join("-");

type Person = Awaited<ReturnType<typeof personOf>>;

async function run(
  flags: FreezeFlags | UnfreezeFlags,
  head: string,
  now: Date,
  planOf: (file: FreezeFile, person: Person) => FreezePlan,
): Promise<number> {
  const file = openFreezes(flags.directory, now);
  const { directory } = file;
  const person = await personOf(directory);
  const base = flags.branch ?? environments[flags.env].branch;
  const delivery = await deliveryFor(directory, flags, process.env);
  const plan = (there: FreezeFile): FreezePlan => planOf(there, person);
  if (delivery !== undefined) {
    const where = { ...delivery, directory, person, base, head, dryRun: flags.dryRun === true, now };
    return print(await propose(where, plan), flags);
  }
  const { report, change } = plan(file);
  if (change === undefined) return print(report, flags);
  const push = flags.push === true ? "origin" : flags.push;
  await checkRecordable(directory, push, base);
  if (flags.dryRun) return print({ ...report, outcome: "dry-run" }, flags);
  return print({ ...report, ...(await record(directory, { ...change, person }, push)) }, flags);
}

function print(report: FreezeReport, { json }: Pick<FreezeFlags, "json">): number {
  console.log(json ? JSON.stringify({ version: 1, pullRequest: null, ...report }, null, 2) : freezeText(report));
  return report.outcome === "refused" ? exitCodes.violation : exitCodes.clean;
}

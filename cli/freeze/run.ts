import type { Freeze } from "../../infra/calendar/freeze.ts";
import type { FreezeFlags, UnfreezeFlags } from "../commands/freeze.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { personOf } from "../repository/open.ts";

import { withFreeze, withoutFreezes } from "./edit.ts";
import { checked, openFreezes, overlapping } from "./file.ts";
import type { FreezeFile } from "./file.ts";
import { instant, toTheMinute } from "./instant.ts";
import { checkRecordable, record } from "./record.ts";
import { freezeText } from "./report.ts";
import type { FreezeReport } from "./report.ts";

/**
 * `gitops freeze`.
 * @returns the exit code
 * @throws UsageError for a time that is past or too long, an unknown application, or what git refuses
 */
export async function runFreeze(flags: FreezeFlags, now = new Date()): Promise<number> {
  const file = openFreezes(flags.directory, now);
  const person = await personOf(file.directory);
  const begin = toTheMinute(flags.from === undefined ? now : instant("--from", flags.from, now), "down");
  const from = new Date(begin);
  const until = instant("--until", flags.until, from);
  if (until <= now || until <= from) {
    const than = until <= now ? `it is ${toTheMinute(now, "down")} now` : `it begins ${begin}`;
    throw new UsageError(`--until "${flags.until}": is past, ${than}; give a later instant`);
  }
  const wanted: Freeze = {
    environment: flags.env,
    ...(flags.app.length > 0 ? { applications: [...flags.app] } : {}),
    from: begin,
    until: toTheMinute(until, "up"),
    reason: flags.reason,
    by: person.name,
    strict: flags.strict === true,
  };
  const text = withFreeze(file.text, wanted, now);
  // The rules of the file hold for what is added too: its length, its words, its applications.
  checked(text, file.applications, now);
  const other = overlapping(file.freezes, wanted);
  if (other !== undefined) {
    const reason =
      `${other.environment} is frozen from ${other.from} until ${other.until} by ${other.by} already (${other.reason}); ` +
      "gitops unfreeze ends that";
    return print({ action: "freeze", outcome: "refused", freezes: [wanted], reason }, flags);
  }
  const subject = `Freeze ${named(wanted)} until ${wanted.until}`;
  const trailers = [`Frozen-environment: ${wanted.environment}`, `Frozen-until: ${wanted.until}`];
  const message = [subject, wanted.reason, trailers.join("\n")].join("\n\n");
  const report: FreezeReport = { action: "freeze", outcome: "done", freezes: [wanted], reason: wanted.reason };
  return finish(file, { text, message, person }, report, flags);
}

/**
 * `gitops unfreeze`: ends what holds now and what is to come.
 * @returns the exit code
 */
export async function runUnfreeze(flags: UnfreezeFlags, now = new Date()): Promise<number> {
  const file = openFreezes(flags.directory, now);
  const person = await personOf(file.directory);
  const { env: environment, app } = flags;
  const own = file.freezes.filter((freeze) => freeze.environment === environment);
  const ended = app === undefined ? own : own.filter(({ applications }) => applications?.includes(app) === true);
  const whole = app !== undefined && own.some(({ applications }) => applications === undefined);
  if (ended.length === 0 || whole) {
    const reason = whole
      ? `all applications of ${environment} are frozen, not "${app}" alone; gitops unfreeze --env ${environment} ends that`
      : `nothing is frozen in ${environment}${app === undefined ? "" : ` for "${app}"`}`;
    return print({ action: "unfreeze", outcome: "refused", freezes: [], reason }, flags);
  }
  const text = withoutFreezes(file.text, { environment }, app, now);
  const subject = `Unfreeze ${named({ environment, ...(app === undefined ? {} : { applications: [app] }) })}`;
  const message = [subject, flags.reason, `Frozen-environment: ${environment}`].filter(Boolean).join("\n\n");
  const report: FreezeReport = { action: "unfreeze", outcome: "done", freezes: ended, reason: flags.reason ?? null };
  return finish(file, { text, message, person }, report, flags);
}

type Output = Pick<UnfreezeFlags, "json" | "dryRun" | "push">;

async function finish(
  file: FreezeFile,
  change: Parameters<typeof record>[1],
  report: FreezeReport,
  flags: Output,
): Promise<number> {
  const push = flags.push === true ? "origin" : flags.push;
  await checkRecordable(file.directory, push);
  if (flags.dryRun) return print({ ...report, outcome: "dry-run" }, flags);
  return print({ ...report, ...(await record(file.directory, change, push)) }, flags);
}

function print(report: FreezeReport, { json }: Output): number {
  const refused = report.outcome === "refused";
  if (json) console.log(JSON.stringify({ version: 1, ...report }, null, 2));
  else if (refused) console.error(freezeText(report));
  else console.log(freezeText(report));
  return refused ? exitCodes.violation : exitCodes.clean;
}

const named = ({ environment, applications }: Pick<Freeze, "environment" | "applications">): string =>
  applications === undefined ? environment : `${applications.join(", ")} in ${environment}`;

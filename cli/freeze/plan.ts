import type { Freeze } from "../../infra/calendar/freeze.ts";
import type { FreezeFlags, UnfreezeFlags } from "../commands/freeze.ts";
import { UsageError } from "../errors.ts";
import { formatTrailers, trailerNames } from "../recovery/trailers.ts";
import type { Person } from "../recovery/workspace.ts";

import { withFreeze, withoutFreezes } from "./edit.ts";
import { checked, overlapping } from "./file.ts";
import type { FreezeFile } from "./file.ts";
import { instant, toTheMinute } from "./instant.ts";
import type { FreezeReport } from "./report.ts";

/** What is to be committed, and what will then be said. */
export interface FreezePlan {
  readonly report: FreezeReport;
  /** Undefined where nothing is to be done, or it is refused. */
  readonly change?: { readonly text: string; readonly message: string };
}

/**
 * What a new freeze makes of the file.
 * @throws UsageError for a time that is past or too long, or an unknown application
 */
export function planFreeze(file: FreezeFile, flags: FreezeFlags, person: Person, now: Date): FreezePlan {
  const wanted = wantedFreeze(flags, person, now);
  const text = withFreeze(file.text, wanted, now);
  // The rules of the file hold for what is added too: its length, its words, its applications.
  checked(text, file.applications, now);
  const report: FreezeReport = { action: "freeze", outcome: "done", freezes: [wanted], reason: wanted.reason };
  const other = overlapping(file.freezes, wanted);
  if (other !== undefined) {
    const words = `${other.environment} is frozen from ${other.from} until ${other.until} by ${other.by} already (${other.reason})`;
    if (isSame(other, wanted)) return { report: { ...report, outcome: "nothing", freezes: [other], reason: words } };
    return { report: { ...report, outcome: "refused", reason: `${words}; gitops unfreeze ends that` } };
  }
  const subject = `Freeze ${named(wanted)} until ${wanted.until}`;
  const trailers = formatTrailers([
    [trailerNames.frozenEnvironment, wanted.environment],
    [trailerNames.frozenUntil, wanted.until],
  ]);
  return { report, change: { text, message: [subject, wanted.reason, trailers].join("\n\n") } };
}

function wantedFreeze(flags: FreezeFlags, { name }: Person, now: Date): Freeze {
  const begin = toTheMinute(flags.from === undefined ? now : instant("--from", flags.from, now), "down");
  const from = new Date(begin);
  const until = instant("--until", flags.until, from);
  if (until <= now || until <= from) {
    const than = until <= now ? `it is ${toTheMinute(now, "down")} now` : `it begins ${begin}`;
    throw new UsageError(`--until "${flags.until}": is past, ${than}; give a later instant`);
  }
  return {
    environment: flags.env,
    ...(flags.app.length > 0 ? { applications: [...flags.app] } : {}),
    from: begin,
    until: toTheMinute(until, "up"),
    reason: flags.reason,
    by: name,
    strict: flags.strict === true,
  };
}

/** Whether a freeze that is there already does what is wanted. */
function isSame(there: Freeze, wanted: Freeze): boolean {
  const names = ({ applications }: Freeze): string => [...(applications ?? ["*"])].sort().join();
  return (
    there.until === wanted.until &&
    there.from <= wanted.from &&
    there.strict === wanted.strict &&
    names(there) === names(wanted)
  );
}

/** What remains of the file when the freezes of an environment end, those that are to come as well. */
export function planUnfreeze(
  file: FreezeFile,
  { env: environment, app, reason }: UnfreezeFlags,
  now: Date,
): FreezePlan {
  const own = file.freezes.filter((freeze) => freeze.environment === environment);
  const ended = app === undefined ? own : own.filter(({ applications }) => applications?.includes(app) === true);
  const report: FreezeReport = { action: "unfreeze", outcome: "done", freezes: ended, reason: reason ?? null };
  if (app !== undefined && own.some(({ applications }) => applications === undefined)) {
    const words = `all applications of ${environment} are frozen, not "${app}" alone; gitops unfreeze --env ${environment} ends that`;
    return { report: { ...report, outcome: "refused", freezes: [], reason: words } };
  }
  if (ended.length === 0) {
    const words = `nothing is frozen in ${environment}${app === undefined ? "" : ` for "${app}"`}`;
    return { report: { ...report, outcome: "nothing", reason: words } };
  }
  const subject = `Unfreeze ${named({ environment, ...(app === undefined ? {} : { applications: [app] }) })}`;
  const trailers = formatTrailers([[trailerNames.frozenEnvironment, environment]]);
  const message = [subject, reason, trailers].filter(Boolean).join("\n\n");
  return { report, change: { text: withoutFreezes(file.text, { environment }, app, now), message } };
}

const named = ({ environment, applications }: Pick<Freeze, "environment" | "applications">): string =>
  applications === undefined ? environment : `${applications.join(", ")} in ${environment}`;

import { DateTime, Duration } from "luxon";

import { UsageError } from "../errors.ts";

/** From (inclusive) and to (inclusive). */
export interface Period {
  readonly since: Date;
  readonly until: Date;
}

const allowed = "give for example 36h, 30d, 2026-12-24 or 2026-12-24T18:00+01:00";

/**
 * @param since a duration back from now, a day in UTC, or ISO 8601 with its offset
 * @param until as `since`. Default: now
 * @throws UsageError for what is neither, or a period that ends before it begins
 */
export function period(since: string, until: string | undefined, now: Date): Period {
  const [from, to] = [moment("--since", since, now), until === undefined ? now : moment("--until", until, now)];
  if (from <= to) return { since: from, until: to };
  throw new UsageError(`--until "${until ?? "now"}": is before --since "${since}"; exchange them`);
}

function moment(option: string, text: string, now: Date): Date {
  const [, amount, unit] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) {
    const name = { m: "minutes", h: "hours", d: "days", w: "weeks" }[unit] ?? "days";
    return new Date(now.getTime() - Duration.fromObject({ [name]: Number(amount) }).toMillis());
  }
  // A time without an offset would be another moment on another machine; a day is one of UTC.
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  if (!isDay && !/T.*(Z|[+-]\d\d(:?\d\d)?)$/.test(text))
    throw new UsageError(`${option} "${text}": no time; ${allowed}`);
  const given = DateTime.fromISO(text, { zone: "utc" });
  if (given.isValid) return given.toJSDate();
  throw new UsageError(`${option} "${text}": no time (${given.invalidExplanation ?? "unknown"}); ${allowed}`);
}

/** Whether a time lies in a period. */
export const within = ({ since, until }: Period, time: Date): boolean => since <= time && time <= until;

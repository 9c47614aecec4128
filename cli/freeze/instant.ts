import { DateTime, Duration } from "luxon";

import { UsageError } from "../errors.ts";

const allowed = "give for example 36h, 5d, 2026-12-24T18:00Z or 2026-12-24T18:00+01:00";

/**
 * An instant as a person gives it: a duration from another instant on, or ISO 8601 with its offset from UTC.
 * @param option for the error
 * @throws UsageError when it is neither; a time without an offset would be another instant on another machine
 */
export function instant(option: string, text: string, since: Date): Date {
  const [, days, hours, minutes] = /^(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$/.exec(text) ?? [];
  if (days !== undefined || hours !== undefined || minutes !== undefined) {
    const amount = { days: Number(days ?? 0), hours: Number(hours ?? 0), minutes: Number(minutes ?? 0) };
    // A day is 24 hours: a freeze is kept in UTC.
    return new Date(since.getTime() + Duration.fromObject(amount).toMillis());
  }
  if (!/T.*(Z|[+-]\d\d(:?\d\d)?)$/.test(text)) throw new UsageError(`${option} "${text}": no instant; ${allowed}`);
  const given = DateTime.fromISO(text, { setZone: true });
  if (given.isValid) return given.toJSDate();
  throw new UsageError(`${option} "${text}": no instant (${given.invalidExplanation ?? "unknown"}); ${allowed}`);
}

/** As the file of freezes has it: UTC, to the minute. */
export function toTheMinute(at: Date, round: "down" | "up"): string {
  const minutes = at.getTime() / 60_000;
  const whole = new Date((round === "down" ? Math.floor(minutes) : Math.ceil(minutes)) * 60_000);
  return `${whole.toISOString().slice(0, 16)}Z`;
}

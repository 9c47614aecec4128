import { DateTime } from "luxon";
import { z } from "zod";

import { crossCheck } from "../config/cross-check.ts";
import { scalar } from "../config/scalar.ts";
import { dns1123Label } from "../config/scalars.ts";
import { strictObject } from "../config/strict-object.ts";
import { environmentNames } from "../environments.ts";

/** Longer is no freeze but another strategy, in days. */
export const longestFreezeDays = 90;
/** A schedule has no year, so a freeze far ahead would hold a year too early, in days. */
export const furthestFreezeDays = 180;

/** An instant in UTC, to the minute: what a schedule can say. */
const instant = scalar({
  noun: "an instant in UTC",
  allowed: "ISO 8601 to the minute, ending in Z",
  example: "2026-12-24T18:00Z",
  accepts: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(value) && DateTime.fromISO(value).isValid,
});

/** One line that fits into the description of a window (Argo CD allows 255 characters). */
export const freezeText = scalar({
  noun: "one line of text",
  allowed: "1 to 120 characters without line breaks",
  example: "year-end closing",
  accepts: (value) => value.trim() === value && /^[^\u0000-\u001f\u007f]{1,120}$/u.test(value),
});

const fields = strictObject({
  environment: z.enum(environmentNames),
  /** Folders under `apps/`. Default: all. */
  applications: z.array(dns1123Label).min(1).optional(),
  from: instant,
  until: instant,
  reason: freezeText,
  /** Who asked for it. */
  by: freezeText,
  /** Keeps people out as well. Default false: an emergency rollback gets through. */
  strict: z.boolean().default(false),
});

/** Nothing is synced in an environment for some time. */
const freeze = crossCheck(fields, ({ from, until }, sound) => {
  if (!sound.whole("from") || !sound.whole("until")) return [];
  const days = DateTime.fromISO(until).diff(DateTime.fromISO(from), "days").days;
  if (days > 0 && days <= longestFreezeDays) return [];
  const message =
    days > 0
      ? `"${until}" is ${Math.ceil(days)} days after "${from}"; allowed: ${longestFreezeDays} days at most; shorten it, or make the sync manual`
      : `"${until}" is not after "${from}"; allowed: a later instant; exchange them`;
  return [{ path: ["until"], message }];
});

export const freezesSchema = strictObject({ freezes: z.array(freeze) });

export type Freeze = Readonly<z.output<typeof freeze>>;

/** The instants of a freeze, in milliseconds since the epoch. */
export const freezeSpan = ({ from, until }: Pick<Freeze, "from" | "until">) => ({
  from: Date.parse(from),
  until: Date.parse(until),
});

/** Whether a freeze is over: it closes nothing any more. */
export const isOver = (one: Pick<Freeze, "from" | "until">, now: Date): boolean =>
  freezeSpan(one).until <= now.getTime();

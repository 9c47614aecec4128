import { z } from "zod";

import { marketNames } from "../calendar/markets.ts";

import { crossCheck } from "./cross-check.ts";
import { cronSchedule, positiveDuration, timeOfDay, timeZone } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";
import { maintenanceRules, scheduledRules, windowRules } from "./sync-rules.ts";

/** When an application may be synced; always in a named time zone. */
const syncWindow = strictObject({
  /** `allow` opens, `deny` closes and wins. */
  kind: z.enum(["allow", "deny"]),
  schedule: cronSchedule,
  duration: positiveDuration,
  timeZone,
  /** Lets a person sync outside the window: the way in for an emergency rollback. Default false. */
  manualSync: z.boolean().default(false),
});

/** One window a trading day outside the hours of a market, none on its holidays. */
const maintenance = strictObject({
  kind: z.literal("maintenance"),
  /** A market of `infra/calendar/markets.ts`; the times are on its clock. */
  market: z.enum(marketNames),
  time: timeOfDay,
  duration: positiveDuration,
});

/** One window whenever the schedule comes due. */
const scheduled = strictObject({
  kind: z.literal("scheduled"),
  schedule: cronSchedule,
  duration: positiveDuration,
  timeZone,
  /** Market on whose holidays nothing is synced. Default: none. */
  holidays: z.enum(marketNames).optional(),
});

/** How one application reaches one environment. */
export const syncStrategy = z.discriminatedUnion("kind", [
  /** As soon as the branch moves, with prune and self-heal. */
  strictObject({ kind: z.literal("continuous") }),
  /** When a person approves. */
  strictObject({ kind: z.literal("manual") }),
  /** Automatically, but only in the daily window of a market. */
  crossCheck(maintenance, maintenanceRules),
  /** Automatically, but only when the schedule comes due. */
  crossCheck(scheduled, scheduledRules),
  /** Automatically, but only inside the windows. */
  crossCheck(strictObject({ kind: z.literal("windows"), windows: z.array(syncWindow).min(1) }), ({ windows }, sound) =>
    sound.whole("windows") ? windowRules(windows) : [],
  ),
]);

export type SyncWindow = Readonly<z.output<typeof syncWindow>>;

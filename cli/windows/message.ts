import { DateTime } from "luxon";

import type { WindowState } from "../../infra/calendar/window-state.ts";

/**
 * One line for a person: whether a sync may happen by itself, until when or from when on, and what stops it.
 * @param now the instant that the state is of. Without it nothing is said about how long it is until then
 * @param timeZone that the times are given in, a name of the IANA database. Default: that of the window that matters
 */
export function windowMessage(state: WindowState, now?: Date, timeZone?: string): string {
  const [stop] = state.stoppedBy;
  const at = (instant: Date): string => {
    const zone = timeZone ?? stop?.timeZone ?? "UTC";
    const time = DateTime.fromJSDate(instant, { zone });
    const said = `${time.setLocale("en-GB").toFormat("ccc d LLL yyyy HH:mm")} ${zone}`;
    return now === undefined ? said : `${said} (in ${span(now, instant)})`;
  };
  if (state.automatic) return state.openUntil === undefined ? "open" : `open until ${at(state.openUntil)}`;
  const why = stop?.kind === "deny" && stop.description !== undefined ? `, ${stop.description}` : "";
  const next = state.opensAt === undefined ? "no opening is ahead" : `opens ${at(state.opensAt)}`;
  return `closed${why}; ${next}${state.manual ? "; a manual sync gets through" : ""}`;
}

/** The two largest units, whole minutes rounded up: `2 d 3 h`, `16 h 50 min`, `1 min`. */
function span(from: Date, until: Date): string {
  const minutes = Math.ceil((until.getTime() - from.getTime()) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return `${rest} min`;
}

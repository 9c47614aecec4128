import { isActive, nextEnd, nextStart } from "./active.ts";
import { verdictAt } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";
import type { Window } from "./window.ts";

const day = 24 * 3_600_000;

/** How far ahead openings are looked for: a leap year and a month. */
export const openingHorizonDays = 397;
/** How far ahead the end of an opening is looked for. */
export const closingHorizonDays = 35;

/** What the windows of an application permit, and until when. */
export interface WindowState extends Verdict {
  /** When automation stops; undefined when it does not within `closingHorizonDays`, or is stopped now. */
  readonly openUntil: Date | undefined;
  /** When automation may go on; undefined when it may now, or not within `openingHorizonDays`. */
  readonly opensAt: Date | undefined;
}

/**
 * Open until, or next opening, exactly as Argo CD will decide. No windows at all are open for ever.
 * @param windows those that hold for one application
 */
export function windowState(windows: readonly Window[], now: Date): WindowState {
  const at = now.getTime();
  const verdict = verdictAt(windows, at);
  return {
    ...verdict,
    openUntil: verdict.automatic ? nextClosing(windows, at, at + closingHorizonDays * day) : undefined,
    opensAt: verdict.automatic ? undefined : nextOpening(windows, at, at + openingHorizonDays * day),
  };
}

/**
 * The first instant from `from` on, before `until`, at which automation may sync.
 * @param from milliseconds since the epoch
 */
export function nextOpening(windows: readonly Window[], from: number, until: number): Date | undefined {
  const denials = windows.filter(({ kind }) => kind === "deny");
  const allowances = windows.filter(({ kind }) => kind === "allow");
  for (let at = from; at < until;) {
    const here = at;
    const denied = denials.filter((window) => isActive(window, here));
    if (denied.length > 0) at = Math.max(...denied.map((window) => nextEnd(window, here)));
    else if (allowances.length === 0 || allowances.some((window) => isActive(window, here))) return new Date(here);
    else at = Math.min(...allowances.map((window) => nextStart(window, here)));
  }
  return undefined;
}

function nextClosing(windows: readonly Window[], from: number, until: number): Date | undefined {
  for (let at = from; at < until;) {
    if (!verdictAt(windows, at).automatic) return new Date(at);
    const here = at;
    const ends = windows
      .filter((window) => window.kind === "allow" && isActive(window, here))
      .map((window) => nextEnd(window, here));
    const starts = windows.filter(({ kind }) => kind === "deny").map((window) => nextStart(window, here));
    at = Math.min(ends.length > 0 ? Math.max(...ends) : Infinity, ...starts);
  }
  return undefined;
}

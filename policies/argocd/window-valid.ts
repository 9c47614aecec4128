import { spec } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, list, quote, text } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

import { isProject } from "./objects.ts";

interface Settings {
  readonly maxHours: number;
}

/** Argo CD takes UTC for a time zone that it does not know, and a window without a selector matches nothing: silently. */
export const windowValid = objectPolicy<Settings>({
  name: "argocd-window-valid",
  description: "A sync window says what it holds for, when, how long, and in which time zone.",
  severity: "high",
  remediation: "give the window kind, a 5-field schedule, a Go duration, an IANA time zone and a selector",
  settings: {
    maxHours: { type: "number", default: 24, minimum: 1, description: "Longest window, in hours." },
  },
  judgeObject: (object, { maxHours }) => {
    if (!isProject(object)) return [];
    const windows = list(spec(object)["syncWindows"]).map(fields);
    return windows.flatMap((window, index) =>
      faults(window, maxHours).map((fault) => `spec.syncWindows[${index}]${fault}`),
    );
  },
});

function faults(window: Fields, maxHours: number): readonly string[] {
  const found: string[] = [];
  const { kind, schedule, duration, timeZone } = window;
  if (kind !== "allow" && kind !== "deny") found.push(`.kind is ${quote(kind)}`);
  if (text(schedule)?.trim().split(/\s+/).length !== 5) found.push(`.schedule is ${quote(schedule)}`);
  const hours = hoursOf(text(duration));
  if (hours === undefined || hours <= 0) found.push(`.duration is ${quote(duration)}`);
  else if (hours > maxHours) found.push(`.duration is ${quote(duration)}, longer than ${maxHours} hours`);
  if (timeZone === undefined || !isTimeZone(text(timeZone))) found.push(`.timeZone is ${quote(timeZone)}`);
  if (["applications", "namespaces", "clusters"].every((key) => list(window[key]).length === 0))
    found.push(" has no selector");
  return found;
}

const hoursIn: Readonly<Record<string, number>> = { h: 1, m: 1 / 60, s: 1 / 3600 };

/** Hours of a Go duration such as `1h30m`; it knows no days. */
function hoursOf(duration: string | undefined): number | undefined {
  if (duration === undefined || !/^(\d+(\.\d+)?[hms])+$/.test(duration)) return undefined;
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (hoursIn[unit ?? ""] ?? 0), 0);
}

function isTimeZone(name: string | undefined): boolean {
  if (name === undefined) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

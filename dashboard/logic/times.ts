/** Times in the zone of whoever looks; the machine's own words (`de-AT`, `en-GB`) would mix with the English of the page. */
const language = "en-GB";

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayAndTime = new Intl.DateTimeFormat(language, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const day = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric" });

/** Name of the zone that the times of the page are in, such as `Europe/Vienna`. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `12:03:44` */
export const clockTime = (instant: string | number): string => clock.format(new Date(instant));

/** `Mon 23 Nov, 12:03` */
export const fullTime = (instant: string | number): string => dayAndTime.format(new Date(instant));

/** `Mon 23` */
export const dayName = (instant: number): string => day.format(new Date(instant));

/**
 * How long something takes or took, in its two largest units: `2 d 3 h`, `16 min`, `42 s`.
 * @param milliseconds negative counts as nothing
 */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes < 10 && seconds % 60 > 0 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return hours % 24 > 0 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`;
}

/** `3 h ago`, in one unit, which is enough for what is past; `just now` within a minute. */
export function ago(instant: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(instant)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} d ago`;
}

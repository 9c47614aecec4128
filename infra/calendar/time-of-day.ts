/** Minutes after midnight of `HH:MM`. */
export function minuteOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

/**
 * A schedule that comes due at `HH:MM`.
 * @param days days of the week as cron has them, such as `1,2,3`
 */
export function cronAt(time: string, days: string): string {
  const minutes = minuteOfDay(time);
  return `${minutes % 60} ${Math.floor(minutes / 60)} * * ${days}`;
}

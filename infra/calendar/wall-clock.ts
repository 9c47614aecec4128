import { IANAZone } from "luxon";

/**
 * Milliseconds that the wall clock of a zone is ahead of UTC at an instant.
 * @param at milliseconds since the epoch
 */
export function offsetAt(timeZone: string, at: number): number {
  return IANAZone.create(timeZone).offset(at) * 60_000;
}

/**
 * The first instant after `from`, up to `to`, at which the offset is another one: a switch of daylight saving time.
 * Finds none when there are two switches in between that cancel out; a week holds one at most.
 * @returns milliseconds since the epoch, or undefined
 */
export function offsetChange(timeZone: string, from: number, to: number): number | undefined {
  const before = offsetAt(timeZone, from);
  if (offsetAt(timeZone, to) === before) return undefined;
  let [same, other] = [from, to];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(timeZone, middle) === before) same = middle;
    else other = middle;
  }
  return other;
}

import { signal } from "@preact/signals";

/** Now, in milliseconds; it moves every five seconds, which is often enough for minutes. */
export const now = signal(Date.now());

/** Lets it move. */
export function startClock(): void {
  setInterval(() => (now.value = Date.now()), 5000);
}

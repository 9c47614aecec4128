import { signal } from "@preact/signals";

/** What the live region of the page says. */
export const announcement = signal("");

/** Milliseconds that must pass without news: a release changes many lines within a moment. */
const quiet = 1500;
/** Sentences at once; nobody listens to more. */
const most = 4;

let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Has sentences read out to people who do not see the page, together and once. */
export function announce(sentences: readonly string[]): void {
  if (sentences.length === 0) return;
  waiting = [...new Set([...waiting, ...sentences])];
  clearTimeout(timer);
  timer = setTimeout(() => {
    const more = waiting.length - most;
    announcement.value = [...waiting.slice(0, most), ...(more > 0 ? [`And ${more} more changes.`] : [])].join(" ");
    waiting = [];
  }, quiet);
}

import type { Context } from "hono";
import { streamSSE } from "hono/streaming";

import type { Feed, Update } from "../feed/feed.ts";

import { problem } from "./context.ts";
import type { Environment } from "./context.ts";

/** Open pages at a time. */
const limit = 64;
/** After so long without news a comment goes out, in milliseconds: proxies close what is silent (nginx after 60 s). */
const heartbeat = 15_000;
/** A browser comes back after so long when the connection breaks, in milliseconds. */
const retry = 2000;

/** `GET /api/events`: the newest snapshot at once, then each time that something has changed. */
export function eventStream(feed: Feed) {
  let open = 0;
  return (context: Context<Environment>): Response => {
    if (open >= limit) return problem(context, 429, `${limit} pages are open already; close one`);
    open += 1;
    // nginx, the usual ingress, would hold events back.
    context.header("X-Accel-Buffering", "no");
    context.header("Cache-Control", "no-store");
    const known = context.req.header("last-event-id");
    return streamSSE(context, async (stream) => {
      let newest: Update | undefined;
      let wake = (): void => undefined;
      const stop = feed.listen((update) => {
        newest = update;
        wake();
      });
      stream.onAbort(() => wake());
      try {
        newest = await feed.current();
        let sent = known;
        while (!stream.aborted && !stream.closed) {
          if (newest.id !== sent) {
            const { id, snapshot }: Update = newest;
            // Whoever reads slowly gets the newest one alone.
            await stream.writeSSE({ event: "snapshot", id, retry, data: JSON.stringify(snapshot) });
            sent = id;
            continue;
          }
          const woken = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(false), heartbeat);
            wake = () => {
              clearTimeout(timer);
              resolve(true);
            };
          });
          if (!woken) await stream.write(": still here\n\n");
        }
      } finally {
        stop();
        open -= 1;
      }
    });
  };
}

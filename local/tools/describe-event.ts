import { Duration } from "luxon";

import type { ToolEvent } from "./events.ts";

/** One line for a log or a terminal: what happens, and how long what is left takes. */
export function describeEvent(event: ToolEvent): string {
  const tool = `${event.folder} ${event.version}`;
  switch (event.kind) {
    case "found":
      return `${tool}: found ${event.where === "cache" ? "in the cache" : "on PATH"}`;
    case "waiting":
      return `${tool}: waiting for the build of another start`;
    case "building":
      return `${tool}: building, about ${clock(event.expectedSeconds)} (all tools: ${clock(event.remainingSeconds)})`;
    case "built":
      return `${tool}: built in ${clock(event.seconds)}${event.remainingSeconds === 0 ? "" : ` (left: ${clock(event.remainingSeconds)})`}`;
  }
}

/** Seconds as "4:07". */
function clock(seconds: number): string {
  return Duration.fromObject({ seconds: Math.round(seconds) }).toFormat("m:ss");
}

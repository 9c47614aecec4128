import { oneLine } from "./context.ts";
import type { RecoveryEvent } from "./event.ts";
import { short } from "./git.ts";

/** ` (<what the analysis found>)`; empty where that is not known. */
export const findings = ({ analysis }: RecoveryEvent): string =>
  analysis === undefined ? "" : ` (${oneLine(analysis)})`;

/** What happened, as reasons begin. */
export const failureWords = (event: RecoveryEvent): string =>
  `${event.name} is Degraded on ${short(event.revision)}${findings(event)}`;

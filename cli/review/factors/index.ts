import { advisory } from "./advisory.ts";
import { blastRadius } from "./blast-radius.ts";
import { environment } from "./environment.ts";
import type { Factor } from "./factor.ts";
import { gap } from "./gap.ts";
import { guard } from "./guard.ts";
import { history } from "./history.ts";
import { kind } from "./kind.ts";
import { message } from "./message.ts";
import { removal } from "./removal.ts";
import { version } from "./version.ts";
import { window } from "./window.ts";

/** Everything that is looked at. */
export const factors: readonly Factor[] = [
  environment,
  kind,
  removal,
  blastRadius,
  version,
  window,
  guard,
  history,
  message,
  advisory,
  gap,
];

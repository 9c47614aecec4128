import { milliseconds } from "../../../infra/calendar/duration.ts";
import type { PreviewsConfig } from "../../../infra/config/previews.ts";
import type { Environment } from "../environment.ts";
import { connect } from "../github/client.ts";

import { endPreview } from "./end-preview.ts";
import { findLabelled } from "./labelled.ts";
import type { Labelled } from "./labelled.ts";
import { readPreviewSettings } from "./settings.ts";

/** A preview that ends, and what its pull request is told. */
export interface Ending {
  readonly number: number;
  readonly reason: string;
}

/**
 * Which previews end: those whose lifetime is over, and of the rest those that came when there were as many as there may be.
 * @param labelled the oldest first
 * @param now in milliseconds since 1970
 */
export function endings(
  labelled: readonly Labelled[],
  { label, lifetime, maximum }: Pick<PreviewsConfig, "label" | "lifetime" | "maximum">,
  now: number,
): readonly Ending[] {
  const again = `Add the label \`${label}\` again for another one.`;
  const isOver = ({ since }: Labelled) => now - since >= milliseconds(lifetime);
  const over = labelled.filter(isOver);
  const beyond = labelled.filter((one) => !isOver(one)).slice(maximum);
  return [
    ...over.map(({ number }) => ({ number, reason: `The preview is over: it lasts ${lifetime}. ${again}` })),
    ...beyond.map(({ number }) => ({
      number,
      reason: `No preview: there are ${maximum} others, which is the maximum. ${again.replace("another one", "one, when one of them is gone")}`,
    })),
  ];
}

/**
 * Ends the previews of pull requests that have lasted long enough or are too many.
 * @returns what was done, for the log
 */
export async function sweepPreviews(
  project: string,
  stack: string,
  environment: Environment,
  now = Date.now(),
): Promise<string> {
  const settings = readPreviewSettings(project, stack);
  const github = connect(environment);
  const labelled = await findLabelled(github, settings.label);
  const ending = endings(labelled, settings, now);
  for (const { number, reason } of ending) await endPreview(github, number, settings.label, reason);
  const ended = ending.map(({ number }) => `#${number}`).join(", ");
  return `${labelled.length} previews, ${ended === "" ? "none ended" : `ended ${ended}`}`;
}

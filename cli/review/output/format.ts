import { palette } from "../../plan/output/palette.ts";
import type { Assessment } from "../assessment.ts";

import { reviewJson } from "./json.ts";
import { reviewMarkdown } from "./markdown.ts";
import { reviewSarif } from "./sarif.ts";
import { reviewText } from "./text.ts";

/** Which form, and where it goes. */
export interface Form {
  readonly json?: true;
  readonly markdown?: true;
  readonly sarif?: true;
  readonly out?: string;
}

/** The verdict in the form that was asked for; without one, text with colour on a terminal. */
export function formatted(assessment: Assessment, { json, markdown, sarif, out }: Form): string {
  if (json) return `${JSON.stringify(reviewJson(assessment), null, 2)}\n`;
  if (sarif) return `${JSON.stringify(reviewSarif(assessment), null, 2)}\n`;
  if (markdown) return reviewMarkdown(assessment);
  // Undefined for a pipe, which picocolors would take for "decide yourself".
  return reviewText(assessment, palette(out === undefined && Boolean(process.stdout.isTTY)));
}

import { createColors } from "picocolors";

export type Palette = ReturnType<typeof createColors>;

/**
 * Colours for a terminal, and none for anything else.
 *
 * NO_COLOR (no-color.org) with any text turns them off; FORCE_COLOR, as picocolors knows it, is not honoured: a plan
 * that goes into a file or a comment must stay plain.
 */
export function palette(terminal: boolean): Palette {
  const refused = (process.env["NO_COLOR"] ?? "") !== "" || process.env["TERM"] === "dumb";
  return createColors(terminal && !refused);
}

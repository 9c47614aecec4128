import Table from "cli-table3";

import type { Palette } from "../../plan/output/palette.ts";
import type { Assessment, Comment } from "../assessment.ts";

import { plain } from "./plain.ts";

/** Findings of a part that are named. */
const shown = 3;

/** The verdict for a person at a terminal. */
export function reviewText({ approve, risk, band, rejections, parts, comments }: Assessment, colours: Palette): string {
  const verdict = approve ? colours.green("approved") : colours.red(`rejected: ${rejections.join("; ")}`);
  const lines = [`risk ${risk.toFixed(2)} (${band}), ${verdict}`];
  if (parts.length > 0) {
    const table = new Table({ head: ["share", "part", "found"], style: { head: [], border: [] }, wordWrap: true });
    for (const { weight, share, reason, findings } of parts) {
      const named = findings.slice(0, shown).map(({ text }) => plain(text));
      if (findings.length > shown) named.push(`and ${findings.length - shown} more`);
      named.push(colours.dim(`why: ${reason}`));
      table.push([`+${share.toFixed(2)}`, weight, named.join("\n")]);
    }
    lines.push("", table.toString());
  }
  // The table has said the rest.
  const others = comments.filter(({ rule }) => !parts.some(({ weight }) => weight === rule));
  if (others.length > 0) lines.push("", ...others.map((comment) => line(comment, colours)));
  return `${lines.join("\n")}\n`;
}

function line({ level, rule, message, file }: Comment, colours: Palette): string {
  const colour = { error: colours.red, warning: colours.yellow, note: colours.dim }[level];
  return `${colour(level)} ${rule}${file === undefined ? "" : ` (${file})`}: ${plain(message)}`;
}

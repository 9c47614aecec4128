import type { Assessment, Comment } from "../assessment.ts";

import { plain } from "./plain.ts";

/** Longest comment that GitHub takes is 65536 characters; the rest is for what a workflow adds to it. */
const maxLength = 60_000;

/** The verdict as a comment for a pull request. The marker in its first line is how a workflow finds it again. */
export function reviewMarkdown({ approve, risk, band, rejections, parts, comments }: Assessment): string {
  const verdict = approve ? "✅ approved" : `❌ rejected: ${escape(rejections.join("; "))}`;
  const lines = ["<!-- gitops-review -->", `### Risk ${risk.toFixed(2)} (${band}), ${verdict}`, ""];
  const others = comments.filter(({ rule }) => !parts.some(({ weight }) => weight === rule));
  if (others.length > 0) lines.push(...others.map(item), "");
  if (parts.length > 0) {
    lines.push("| share | part | found | why it counts |", "| ---: | --- | --- | --- |");
    for (const { weight, share, reason, findings } of parts) {
      const [first, ...rest] = findings;
      const found = `${first?.text ?? ""}${rest.length > 0 ? ` (and ${rest.length} more)` : ""}`;
      lines.push(`| +${share.toFixed(2)} | ${escape(weight)} | ${escape(found)} | ${escape(reason)} |`);
    }
    lines.push("");
  }
  return cut(lines);
}

function item({ level, rule, message, file }: Comment): string {
  const icon = { error: "❌", warning: "⚠️", note: "ℹ️" }[level];
  return `- ${icon} **${escape(rule)}**${file === undefined ? "" : ` (${escape(file)})`}: ${escape(message)}`;
}

/** Text of a change or a model is shown as it is: no tags, links, images, mentions, tables of its own. */
export function escape(text: string): string {
  return plain(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>()#!|~&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/@/g, "@\u200b")
    .replace(/(https?):\/\//gi, "$1:\u200b//");
}

function cut(lines: readonly string[]): string {
  let text = "";
  for (const [index, line] of lines.entries()) {
    if (text.length + line.length > maxLength) return `${text}\n… ${lines.length - index} more lines; see --json\n`;
    text += `${line}\n`;
  }
  return text;
}

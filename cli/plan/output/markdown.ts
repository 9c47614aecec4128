import type { Change, Plan, StackPlan, Violation } from "../model.ts";
import { allViolations } from "../model.ts";

import { changesText, countByType, counted } from "./count.ts";
import { importantInputs, shown } from "./important-inputs.ts";
import { treeRows } from "./tree.ts";

/** The plan as GitHub-flavoured Markdown, for the comment on a pull request. */
export function planMarkdown(plan: Plan): string {
  const violations = allViolations(plan);
  const mandatory = violations.filter(({ enforcement }) => enforcement === "mandatory").length;
  const against = plan.base === undefined ? "" : ` against \`${plan.base.ref}\` (${plan.base.commit.slice(0, 12)})`;
  const advisory = `${violations.length - mandatory} advisory`;
  const blocks = [
    `## Plan of ${plan.project}${against}`,
    `**${mandatory > 0 ? "Refused" : "Passed"}**: ${counted(mandatory, "mandatory violation")}, ${advisory}.`,
    ...plan.warnings.map((warning) => `> **Warning:** ${inline(warning)}`),
    ...violationTable(violations),
    ...plan.stacks.map(stackMarkdown),
    ...overlayMarkdown(plan),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function violationTable(violations: readonly Violation[]): string[] {
  if (violations.length === 0) return [];
  const rows = violations.map(({ policy, enforcement, severity, resource, message }) => {
    const level = severity === undefined ? enforcement : `${enforcement}, ${severity}`;
    return `| ${level} | ${code(policy)} | ${resource === undefined ? "" : code(resource)} | ${cell(message)} |`;
  });
  return [["| level | policy | resource | what is wrong |", "| --- | --- | --- | --- |", ...rows].join("\n")];
}

function stackMarkdown({ stack, resources, changes }: StackPlan): string {
  const counts = [...countByType(resources)].map(([type, number]) => `| ${number} | ${code(type)} |`);
  const heading = `### Stack ${code(stack)}: ${counted(resources.length, "resource")}`;
  if (changes !== undefined) return [`${heading}, ${changesText(changes)}`, ...changeBlocks(changes)].join("\n\n");
  const lines = treeRows(resources).map(({ resource, branch }) => {
    const inputs = [...importantInputs(resource)].map(([path, value]) => `${path}=${value}`).join("  ");
    return `${branch}${resource.type} ${resource.name}${inputs === "" ? "" : `  ${inputs}`}`;
  });
  const table = ["| number | type |", "| ---: | --- |", ...counts].join("\n");
  return [heading, table, details("Resource tree", fence(lines, "text"))].join("\n\n");
}

function overlayMarkdown({ overlays, base }: Plan): string[] {
  if (overlays.length === 0) return [];
  const heading = "### Overlays under `apps/`";
  if (base === undefined) {
    const rows = overlays.map(({ path, objects }) => `| ${code(path)} | ${objects} |`);
    return [heading, ["| overlay | objects |", "| --- | ---: |", ...rows].join("\n")];
  }
  const changed = overlays.filter(({ changes }) => (changes ?? []).length > 0);
  if (changed.length === 0) return [heading, "No changes."];
  const parts = changed.map(({ path, changes = [] }) =>
    [`#### ${code(path)}: ${changesText(changes)}`, ...changeBlocks(changes)].join("\n\n"),
  );
  return [heading, ...parts];
}

function changeBlocks(changes: readonly Change[]): string[] {
  return changes.length === 0 ? [] : [fence(changes.flatMap(changeLines), "diff")];
}

/** GitHub colours the lines of a diff by their first sign; `!` is the one for changes. */
function changeLines({ change, type, id, name, fields, replacedBecause }: Change): string[] {
  const sign = { added: "+", changed: "!", removed: "-", replaced: "!" }[change];
  const label = id.startsWith("urn:") ? `${type} ${name}` : `${id} (${type})`;
  return [
    `${sign} ${change}: ${label}`,
    ...fields.flatMap((field) => [
      `  ${field.path}:${replacedBecause.includes(field.path) ? " (forces the replacement)" : ""}`,
      ...("before" in field ? [`-   ${shown(field.before)}`] : []),
      ...("after" in field ? [`+   ${shown(field.after)}`] : []),
    ]),
  ];
}

function details(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** A block whose fence is longer than any in its text, so that no value can end it. */
function fence(lines: readonly string[], language: string): string {
  const text = lines.join("\n");
  const ticks = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1;
  return `${"`".repeat(ticks)}${language}\n${text}\n${"`".repeat(ticks)}`;
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|").replaceAll("\n", " ")}\``;
}

/** Text of a program in a table: no markup of its own, no mention of anybody. */
function cell(text: string): string {
  return inline(text).replaceAll("|", "\\|").replaceAll("\n", "<br>");
}

function inline(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "@\u200b")
    .replaceAll(/([*_`[\]])/g, "\\$1");
}

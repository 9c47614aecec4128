import type { ComplianceDocument, Evidence, StageReport } from "../model.ts";

import { counted } from "./words.ts";

/** So many pieces of evidence a stage; the JSON document has all. */
const most = 5;

/** For a record or a comment: a table an environment. */
export function complianceMarkdown({ time, environments, warnings }: ComplianceDocument): string {
  const parts = environments.map(({ environment, namespace, controls }) => {
    const rows = controls.map(({ control, title, severity, references, result, stages }) => {
      const cells = [
        `\`${control}\`: ${title}`,
        severity,
        references.join("; "),
        `**${result}**`,
        stages.map(stageCell).join("<br>"),
      ];
      return `| ${cells.map(escaped).join(" | ")} |`;
    });
    return [
      `## ${environment} (namespace ${namespace}): ${counted(controls)}`,
      "",
      "| control | severity | references | result | evidence |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n");
  });
  const notes = warnings.map((text) => `> ${text}`);
  return `${[`# Compliance, ${time}`, ...parts, ...notes].join("\n\n")}\n`;
}

function stageCell({ stage, enforcedBy, result, evidence }: StageReport): string {
  const by = enforcedBy.length === 0 ? "" : ` by ${enforcedBy.join(", ")}`;
  const faultsFirst = [...evidence].sort(
    (one, other) => Number(one.result === "pass") - Number(other.result === "pass"),
  );
  const more = evidence.length > most ? `; ${evidence.length - most} more` : "";
  return `${stage}${by}: ${result} (${faultsFirst.slice(0, most).map(line).join("; ")}${more})`;
}

const line = ({ object, resourceVersion, says }: Evidence): string =>
  `${object}${resourceVersion === null ? "" : `, version ${resourceVersion}`}: ${says}`;

const escaped = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

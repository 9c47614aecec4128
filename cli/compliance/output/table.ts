import Table from "cli-table3";

import type { Palette } from "../../plan/output/palette.ts";
import type { ComplianceDocument, ControlReport, Evidence, Result } from "../model.ts";

import { counted } from "./words.ts";

/** Columns of the evidence on a wide terminal. */
const evidenceWidth = 80;

/** For people: one table an environment, a line a control, and the reasons of what is not a pass. */
export function complianceTable({ environments, warnings }: ComplianceDocument, colours: Palette): string {
  const paint: Readonly<Record<Result, (text: string) => string>> = {
    pass: colours.green,
    fail: colours.red,
    unknown: colours.yellow,
    waived: colours.cyan,
  };
  const parts = environments.map(({ environment, namespace, controls }) => {
    const table = new Table({
      head: ["CONTROL", "SEVERITY", "ENFORCED AT", "RESULT", "EVIDENCE"],
      style: { head: [], border: [], compact: true },
      colWidths: [null, null, null, null, evidenceWidth],
      wordWrap: true,
    });
    for (const control of controls) {
      const places = control.stages.map(({ stage, result }) => `${stage}: ${result}`).join("\n");
      table.push([control.control, control.severity, places, paint[control.result](control.result), reasons(control)]);
    }
    return `${environment} (namespace ${namespace}): ${counted(controls)}\n${table.toString()}`;
  });
  return [...parts, ...warnings.map((text) => colours.yellow(`warning: ${text}`))].join("\n\n");
}

/** What is not a pass, each; else how much was looked at. */
function reasons({ stages }: ControlReport): string {
  const all = stages.flatMap(({ evidence }) => evidence);
  const faults = all.filter(({ result }) => result !== "pass");
  if (faults.length > 0) return faults.map(line).join("\n");
  const [first, ...rest] = stages.find(({ stage }) => stage === "running")?.evidence ?? all;
  if (first === undefined) return "";
  return `${line(first)}${rest.length === 0 ? "" : `, and ${rest.length} more`}`;
}

const line = ({ object, resourceVersion, says }: Evidence): string =>
  `${object}${resourceVersion === null ? "" : ` (version ${resourceVersion})`}: ${says}`;

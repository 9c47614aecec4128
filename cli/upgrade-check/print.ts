import type { Palette } from "../plan/output/palette.ts";

import { countLevels } from "./check.ts";
import { schemaVersion } from "./model.ts";
import type { Finding, Level, Report } from "./model.ts";

/** The JSON document; cli/README.md describes it. */
export function reportJson(report: Report): object {
  return { schemaVersion, ...report, from: report.from ?? null, summary: countLevels(report) };
}

/** For people: what is blocking first, each with what is allowed and how to mend it. */
export function reportText(report: Report, colours: Palette): string {
  const paint: Readonly<Record<Level, (text: string) => string>> = {
    blocking: colours.red,
    warning: colours.yellow,
    unknown: colours.magenta,
    fine: colours.green,
  };
  const lines = report.findings.flatMap((finding) => [
    `${paint[finding.level](finding.level.padEnd(8))} ${colours.bold(finding.where)}: ${finding.what}`,
    ...details(finding).map((line) => `         ${colours.dim(line)}`),
  ]);
  const { blocking, warning, unknown, fine } = countLevels(report);
  const head = `${report.subject}: Kubernetes ${report.from ?? "of unknown version"} to ${report.to}`;
  return [
    head,
    "",
    ...lines,
    "",
    `${blocking} blocking, ${warning} warnings, ${unknown} unknown, ${fine} fine`,
    "",
  ].join("\n");
}

function details({ allowed, mend, source }: Finding): readonly string[] {
  return [
    ...(allowed === undefined ? [] : [`allowed: ${allowed}`]),
    ...(mend === undefined ? [] : [`mend: ${mend}`]),
    ...(source === undefined ? [] : [`source: ${source}`]),
  ];
}

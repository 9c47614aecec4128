import type { Change, ChangeKind, OverlayPlan, Plan, StackPlan, Violation } from "../model.ts";
import { allViolations } from "../model.ts";

import { changesText, countByType, counted } from "./count.ts";
import { importantInputs, shown } from "./important-inputs.ts";
import type { Palette } from "./palette.ts";
import { treeRows } from "./tree.ts";

/** The plan for a terminal. */
export function planText(plan: Plan, colors: Palette): string {
  const against = plan.base === undefined ? "" : ` against ${plan.base.ref} (${plan.base.commit.slice(0, 12)})`;
  const blocks = [
    ...plan.stacks.map((stack) => stackText(plan, stack, against, colors)),
    ...(plan.overlays.length === 0 ? [] : [overlaysText(plan.overlays, colors)]),
    ...plan.warnings.map((warning) => colors.yellow(`warning: ${warning}`)),
    verdict(plan, colors),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function stackText(plan: Plan, stack: StackPlan, against: string, colors: Palette): string {
  const total = counted(stack.resources.length, "resource");
  const lines = [colors.bold(`${plan.project} ${stack.stack}${against}: ${total}`)];
  if (stack.changes === undefined) lines.push(...tree(stack, colors), "", ...counts(stack));
  else lines.push(changesText(stack.changes), ...stack.changes.flatMap((change) => changeLines(change, colors)));
  if (stack.violations.length > 0) lines.push("", ...violationLines(stack.violations, colors));
  return lines.join("\n");
}

function tree({ resources }: StackPlan, colors: Palette): string[] {
  return treeRows(resources).map(({ resource, branch }) => {
    const inputs = [...importantInputs(resource)].map(([path, value]) => `${path}=${value}`).join("  ");
    const name = resource.protect ? `${resource.name} (protected)` : resource.name;
    return `${colors.dim(branch)}${colors.cyan(resource.type)} ${name}${inputs === "" ? "" : `  ${colors.dim(inputs)}`}`;
  });
}

function counts({ resources }: StackPlan): string[] {
  const rows = [...countByType(resources)];
  const width = Math.max(0, ...rows.map(([, number]) => String(number).length));
  return ["by type:", ...rows.map(([type, number]) => `  ${String(number).padStart(width)}  ${type}`)];
}

const signs: Readonly<Record<ChangeKind, string>> = { added: "+", changed: "~", removed: "-", replaced: "±" };

function changeLines({ change, type, id, name, fields, replacedBecause }: Change, colors: Palette): string[] {
  const paint = { added: colors.green, changed: colors.yellow, removed: colors.red, replaced: colors.magenta }[change];
  const label = id.startsWith("urn:") ? `${type} ${name}` : `${id} (${type})`;
  return [
    paint(`${signs[change]} ${label}${change === "replaced" ? " (replaced)" : ""}`),
    ...fields.map((field) => {
      const forced = replacedBecause.includes(field.path) ? colors.magenta("  forces the replacement") : "";
      const before = "before" in field ? shown(field.before) : "(absent)";
      const after = "after" in field ? shown(field.after) : "(absent)";
      return `    ${field.path}: ${colors.red(before)} -> ${colors.green(after)}${forced}`;
    }),
  ];
}

function overlaysText(overlays: readonly OverlayPlan[], colors: Palette): string {
  const total = overlays.reduce((sum, { objects }) => sum + objects, 0);
  const lines = [colors.bold(`${counted(overlays.length, "overlay")} under apps/: ${counted(total, "object")}`)];
  for (const { path, objects, changes, violations } of overlays) {
    const what = changes === undefined ? counted(objects, "object") : changesText(changes);
    lines.push(`${path}: ${what}`);
    lines.push(...(changes ?? []).flatMap((change) => changeLines(change, colors)).map((line) => `  ${line}`));
    lines.push(...violationLines(violations, colors).map((line) => `  ${line}`));
  }
  return lines.join("\n");
}

function violationLines(violations: readonly Violation[], colors: Palette): string[] {
  return violations.flatMap(({ policy, enforcement, severity, resource, message }) => {
    const paint = enforcement === "mandatory" ? colors.red : colors.yellow;
    const where = resource === undefined ? "" : ` ${resource}`;
    const how = severity === undefined ? enforcement : `${enforcement}, ${severity}`;
    return [`${paint(`[${how}]`)} ${colors.bold(policy)}${where}`, ...message.split("\n").map((line) => `    ${line}`)];
  });
}

function verdict(plan: Plan, colors: Palette): string {
  const violations = allViolations(plan);
  const mandatory = violations.filter(({ enforcement }) => enforcement === "mandatory").length;
  const other = violations.length - mandatory;
  const text = `${counted(mandatory, "mandatory violation")}, ${other} advisory`;
  return mandatory > 0 ? colors.red(text) : colors.green(text);
}

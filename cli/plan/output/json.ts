import { allViolations, schemaVersion, type Change, type Plan } from "../model.ts";
import { printable } from "../seal.ts";

import { countByType, countChanges } from "./count.ts";

/** The document of `--json`; cli/README.md describes it. */
export function planJson(plan: Plan): object {
  const violations = allViolations(plan);
  const changes = [...plan.stacks, ...plan.overlays].flatMap((part) => part.changes ?? []);
  return {
    schemaVersion,
    project: plan.project,
    base: plan.base ?? null,
    stacks: plan.stacks.map((stack) => ({
      stack: stack.stack,
      counts: Object.fromEntries(countByType(stack.resources)),
      resources: stack.resources.map(({ urn, type, name, kind, parent, protect, inputs }) => {
        return { urn, type, name, kind, parent: parent ?? null, protect, inputs: printable(inputs) };
      }),
      violations: stack.violations,
      changes: stack.changes?.map(changeJson) ?? null,
    })),
    overlays: plan.overlays.map(({ changes: differences, ...overlay }) => ({
      ...overlay,
      changes: differences?.map(changeJson) ?? null,
    })),
    summary: {
      resources: plan.stacks.reduce((sum, { resources }) => sum + resources.length, 0),
      mandatory: violations.filter(({ enforcement }) => enforcement === "mandatory").length,
      advisory: violations.filter(({ enforcement }) => enforcement !== "mandatory").length,
      changes: plan.base === undefined ? null : countChanges(changes),
    },
    warnings: plan.warnings,
  };
}

function changeJson({ change, id, type, name, fields, replacedBecause }: Change): object {
  return { change, id, type, name, fields, replacedBecause };
}

import type { Violation } from "../plan/model.ts";

import type { Comment, Part } from "./assessment.ts";
import type { ReviewConfig } from "./config.ts";

/** Findings that a comment names; the JSON document has them all. */
const shown = 3;

/** Share of the risk from which a part is worth a look and no mere note: a twentieth of the whole scale. */
const noticeable = 0.05;

/** What a part says to the author. */
export function partComment({ weight, share, reason, findings }: Part): Comment {
  const named = findings.slice(0, shown).map(({ text }) => text);
  const more = findings.length > shown ? `; and ${findings.length - shown} more` : "";
  const file = findings.find((found) => found.file !== undefined)?.file;
  return {
    level: share >= noticeable ? "warning" : "note",
    rule: weight,
    message: `+${share.toFixed(2)}: ${named.join("; ")}${more}. Why: ${reason}`,
    ...(file === undefined ? {} : { file }),
  };
}

/** A violation as a comment. */
export function violationComment(violation: Violation, config: ReviewConfig): Comment {
  const { policy, enforcement, resource, message } = violation;
  const rejects = enforcement === "mandatory" || (enforcement === "advisory" && config.violations === "any");
  const level = rejects ? "error" : enforcement === "advisory" ? "warning" : "note";
  const file = fileOf(resource);
  return {
    level,
    rule: `policy/${policy}`,
    message: resource === undefined ? message : `${resource}: ${message}`,
    ...(file === undefined ? {} : { file }),
  };
}

/** The file behind a resource: its overlay's kustomization, or its stack's settings. */
export function fileOf(resource: string | undefined): string | undefined {
  const stack = /^urn:pulumi:([^:]+)::/.exec(resource ?? "")?.[1];
  if (stack !== undefined) return `Pulumi.${stack}.yaml`;
  const overlay = /^(apps\/[^:\s]+): /.exec(resource ?? "")?.[1];
  return overlay === undefined ? undefined : `${overlay}/kustomization.yaml`;
}

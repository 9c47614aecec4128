import type { FailureKind } from "../change/change.ts";
import { partsOf } from "../messages/parts.ts";

/** What failure a commit is the trace of; undefined for one that is none. Read from a great many commits: no NLP. */
export function failureKind(message: string): FailureKind | undefined {
  const { subject, body, trailers, reverts } = partsOf(message);
  if (trailers["rolled-back-from"] !== undefined) return "rollback";
  if (/\b(incident|outage|post-?mortem|sev-?[0-2])\b/i.test(`${subject}\n${body}`)) return "incident";
  if (/^roll(s|ed|ing)?[ -]?back\b/i.test(subject)) return "rollback";
  if (reverts || /^reverts?\b/i.test(subject)) return "revert";
  return /^(hot-?)?fix(es|ed)?\b|^(\w+\([^)]*\)|\w+)?:? ?hot-?fix\b/i.test(subject) ? "fix" : undefined;
}

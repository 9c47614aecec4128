import { parseDocument } from "yaml";

import { fields, quote, text } from "../model/values.ts";

/** One exception from one policy for one resource, until a day. */
export interface Waiver {
  /** Name of the policy. */
  readonly policy: string;
  /** A URN or `<type>::<name>`; `*` stands for anything. */
  readonly resource: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  /** ISO date; the first day on which it no longer holds. */
  readonly expires: string;
}

/** A file of waivers: what is well-formed, and what is wrong with the rest. */
export interface Waivers {
  readonly waivers: readonly Waiver[];
  readonly problems: readonly string[];
}

const keys = ["policy", "resource", "owner", "reason", "expires"] as const;

/** A waiver that nobody looks at for longer than a year is a rule of its own: it belongs into the configuration. */
const longestDays = 366;

/**
 * Reads a file of waivers. Malformed entries never waive anything.
 * @param today ISO date that the longest term is counted from
 * @param policies names that a waiver may give
 */
export function parseWaivers(yaml: string, today: string, policies: readonly string[]): Waivers {
  const document = parseDocument(yaml);
  const [error] = document.errors;
  if (error !== undefined)
    return { waivers: [], problems: [`the file is not YAML: ${error.message.split("\n")[0] ?? ""}`] };
  const content: unknown = document.toJS();
  if (content === null || content === undefined) return { waivers: [], problems: [] };
  if (!Array.isArray(content)) return { waivers: [], problems: ["the file is not a list"] };
  const waivers: Waiver[] = [];
  const problems: string[] = [];
  for (const [index, entry] of content.entries()) {
    const faults = faultsOf(entry, today, policies);
    if (faults.length === 0) waivers.push(entry as Waiver);
    else problems.push(...faults.map((fault) => `[${index}]${fault}`));
  }
  return { waivers, problems };
}

function faultsOf(entry: unknown, today: string, policies: readonly string[]): readonly string[] {
  const given = fields(entry);
  const missing = keys.filter((key) => text(given[key])?.trim() === undefined || text(given[key])?.trim() === "");
  const strange = Object.keys(given).filter((key) => !keys.some((known) => known === key));
  const faults = [
    ...missing.map((key) => `.${key} is ${quote(given[key])}, not a text`),
    ...strange.map((key) => `.${key} is not a field (${keys.join(", ")})`),
  ];
  const { policy, resource, expires } = given as Record<string, unknown>;
  if (typeof policy === "string" && !policies.includes(policy)) faults.push(`.policy ${quote(policy)} is not a policy`);
  if (typeof resource === "string" && !resource.includes("::"))
    faults.push(`.resource ${quote(resource)} is neither a URN nor <type>::<name>`);
  if (typeof expires === "string" && expires !== "") faults.push(...dateFaults(expires, today));
  return faults;
}

function dateFaults(expires: string, today: string): readonly string[] {
  const day = Date.parse(`${expires}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || Number.isNaN(day))
    return [`.expires ${quote(expires)} is not an ISO date`];
  const days = (day - Date.parse(`${today}T00:00:00Z`)) / 86_400_000;
  return days > longestDays ? [`.expires ${quote(expires)} is more than ${longestDays} days ahead`] : [];
}

import { environments } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { annotations } from "../../infra/labels.ts";
import type { PlatformApplication } from "../cluster/applications.ts";
import { short } from "../recovery/git.ts";
import type { Person } from "../recovery/workspace.ts";
import type { Repository } from "../repository/open.ts";

import { canonical, contributors } from "./people.ts";

/** Whether nobody approves what they wrote themselves: what the stack says, else the environment's profile. */
export function hasFourEyes({ metadata }: PlatformApplication, environment: Environment): boolean {
  const said = metadata.annotations?.[annotations.fourEyes];
  return said === undefined ? environments[environment].fourEyes : said !== "false";
}

/** A change, from what was let through before to what waits. */
export interface Range {
  readonly base: string | undefined;
  readonly revision: string;
  /** The overlay. */
  readonly path: string;
}

/**
 * Why a person may not approve a change: they made a part of it. Addresses are compared, by `.mailmap` and without regard
 * to case; it holds against mistakes and habit, not against somebody who gives Git another address (docs/approvals.md).
 * @returns undefined when they did not
 */
export async function ownChange(
  repository: Repository,
  person: Person,
  { base, revision, path }: Range,
): Promise<string | undefined> {
  const known = await canonical(repository.repository, person, revision);
  const same = ({ email }: Person): boolean => email.toLowerCase() === known.email.toLowerCase();
  const mine = (await contributors(repository, base, revision, path)).find(same);
  if (mine === undefined) return undefined;
  return `${known.name} <${known.email}> is the ${mine.role} of ${short(mine.commit)} "${mine.subject}"`;
}

import { freezeWindows } from "../../infra/calendar/freeze-windows.ts";
import type { Freeze } from "../../infra/calendar/freeze.ts";
import type { PullRequest } from "../repository/pull-requests.ts";

import type { Recorded } from "./record.ts";

/** What a command did, or would do; the JSON document is this with `version: 1`. */
export interface FreezeReport extends Partial<Recorded> {
  readonly action: "freeze" | "unfreeze";
  /** `refused` and `nothing` changed nothing and say why in `reason`; `proposed` waits for people. */
  readonly outcome: "done" | "proposed" | "nothing" | "dry-run" | "refused";
  /** The new freeze, or those that end. */
  readonly freezes: readonly Freeze[];
  readonly reason: string | null;
  /** With `proposed`. */
  readonly pullRequest?: PullRequest;
}

/** For a person. */
export function freezeText({ action, outcome, freezes, reason, ...where }: FreezeReport): string {
  if (outcome === "refused" || outcome === "nothing") return `${outcome}: ${reason ?? ""}`;
  const { commit, branch, pushed, pullRequest } = where;
  const would = outcome === "done" ? "" : "would ";
  const lines = freezes.flatMap((freeze) => {
    const what = `${freeze.environment}${freeze.applications ? ` (${freeze.applications.join(", ")})` : ""}`;
    if (action === "unfreeze") return [`${would}end the freeze of ${what}, ${freeze.from} to ${freeze.until}`];
    const people = freeze.strict
      ? "nobody gets through"
      : "where the sync is automatic, a person gets through for an emergency";
    return [
      `${would}freeze ${what} from ${freeze.from} until ${freeze.until}: ${people}`,
      ...freezeWindows(freeze, !freeze.strict).map(
        ({ schedule, duration }) => `  deny "${schedule}" for ${duration}, UTC`,
      ),
    ];
  });
  if (pullRequest !== undefined) {
    lines.push(`pull request ${pullRequest.number} (${pullRequest.outcome}): ${pullRequest.url}`);
    lines.push("it holds once that is merged, and the stack of the environment is deployed from it");
  } else if (commit !== undefined) {
    const place = branch ? `on ${branch}` : "on no branch";
    lines.push(`committed ${commit.slice(0, 7)} ${place}${pushed ? ", pushed" : ", not pushed"}`);
    lines.push("it holds once the stack of the environment is deployed from it");
  }
  return lines.join("\n");
}

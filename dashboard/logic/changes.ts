import type { DashboardApplication, Snapshot } from "../../cli/dashboard/model.ts";

import { imageVersion } from "./images.ts";
import { states } from "./states.ts";

/** What became of one application between two snapshots. */
export interface Change {
  /** Key of the application. */
  readonly id: string;
  /** One sentence, for those who do not see the page. */
  readonly sentence: string;
}

/**
 * What a person has to hear of: what a line of the page says in words. Numbers that move all the time (pods, weights)
 * are told only where they begin or end something.
 */
export function changes(before: Snapshot, after: Snapshot): readonly Change[] {
  const known = new Map(before.applications.map((application) => [application.id, application]));
  const told = after.applications.flatMap((application): Change[] => {
    const name = `${application.application} in ${application.environment}`;
    const old = known.get(application.id);
    known.delete(application.id);
    const said = old === undefined ? ["is new"] : differences(old, application);
    return said.length === 0 ? [] : [{ id: application.id, sentence: `${name}: ${said.join(", ")}.` }];
  });
  const gone = [...known.values()].map(({ id, application, environment }) => ({
    id,
    sentence: `${application} in ${environment}: is gone.`,
  }));
  return [...told, ...gone];
}

function differences(old: DashboardApplication, now: DashboardApplication): string[] {
  const said: string[] = [];
  if (old.state !== now.state) {
    said.push(`${states[now.state].word.toLowerCase()}${now.reason === "" ? "" : `, ${now.reason}`}`);
  }
  if (old.image !== now.image && now.image !== null) said.push(`runs ${imageVersion(now.image)}`);
  if (old.sync !== now.sync) said.push(now.sync === "OutOfSync" ? "out of sync" : now.sync.toLowerCase());
  if (old.health !== now.health) said.push(now.health.toLowerCase());
  if (old.canary?.phase !== now.canary?.phase && now.canary) said.push(`canary ${phaseWords(now.canary.phase)}`);
  if (old.windows?.automatic !== now.windows?.automatic && now.windows) {
    said.push(now.windows.automatic ? "its window has opened" : "its window has closed");
  }
  return said;
}

/** Flagger's `WaitingPromotion` as `waiting promotion`. */
export const phaseWords = (phase: string): string => phase.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

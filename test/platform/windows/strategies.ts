import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { DateTime } from "luxon";
import { parseDocument } from "yaml";

const newYork = "America/New_York";

/** A strategy as a stack file has it. */
export type Strategy = Readonly<Record<string, string>>;

/**
 * A daily maintenance on the clock of New York that is closed now, whatever the time of day: of two that lie outside the
 * hours of the exchange, the one that is further away.
 */
export function closedMaintenance(): Strategy {
  const hour = DateTime.now().setZone(newYork).hour;
  return { kind: "maintenance", market: "nyse", time: hour >= 12 ? "03:00" : "20:00", duration: "1h" };
}

/** Opens once a day, for half an hour, from the next whole minute after so many from now; 0: within a minute. */
export function opensIn(minutes: number): { readonly strategy: Strategy; readonly opensAt: Date } {
  const opening = DateTime.utc()
    .plus({ minutes: minutes + 1 })
    .startOf("minute");
  const schedule = `${opening.minute} ${opening.hour} * * *`;
  return {
    strategy: { kind: "scheduled", schedule, duration: "30m", timeZone: "UTC" },
    opensAt: opening.toJSDate(),
  };
}

/** Writes into the local stack of a project how applications reach prod. */
export async function setStrategies(project: string, prod: Readonly<Record<string, Strategy>>): Promise<void> {
  const file = join(project, "Pulumi.local.yaml");
  const document = parseDocument(await readFile(file, "utf8"));
  const applications = Object.entries(prod).map(([name, strategy]) => ({ name, sync: { prod: strategy } }));
  document.setIn(["config", "gitops-platform:applications"], applications);
  await writeFile(file, document.toString());
}

import { readFileSync } from "node:fs";

import type { DashboardHistory, DeploymentDiff, Snapshot } from "../../../cli/dashboard/model.ts";

/** What a server told of the local platform, with windows, a failed release and a release under analysis. */
const read = (name: string): string => readFileSync(new URL(`${name}.json`, import.meta.url), "utf8");

/** When the snapshot was recorded, in milliseconds. */
const recordedAt = Date.parse((JSON.parse(read("snapshot")) as Snapshot).time);

/** All instants moved, so that what was recorded is of now. */
function atTime<T>(name: string, now: number): T {
  const moved = read(name).replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, (text) => {
    const instant = Date.parse(JSON.parse(text) as string);
    return JSON.stringify(new Date(instant - recordedAt + now).toISOString());
  });
  return JSON.parse(moved) as T;
}

/** @param now milliseconds. Default: when it was recorded */
export const recordedSnapshot = (now = recordedAt): Snapshot => atTime("snapshot", now);

export const recordedHistory = (now = recordedAt): DashboardHistory => atTime("history", now);

export const recordedDiff = (now = recordedAt): DeploymentDiff => atTime("diff", now);

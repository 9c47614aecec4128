import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pRetry from "p-retry";

import type { ApplicationSummary } from "../../../local/argocd/index.ts";
import type { JournalEntry } from "../../../local/receiver/index.ts";

import { application, flags, flagsOf, overlay, overlayOf } from "./files.ts";
import { rollbackPlatform } from "./platform.ts";
import type { RollbackPlatform } from "./platform.ts";

const minutes = 60_000;
let platform: RollbackPlatform;

const eventually = <T>(check: () => Promise<T>): Promise<T> =>
  pRetry(check, { retries: Infinity, minTimeout: 200, factor: 1, maxRetryTime: 240_000 });

const well = (one: ApplicationSummary): boolean => one.sync === "Synced" && one.health === "Healthy";

/** Waits for a decision about a report; Argo CD's notifications look once a minute. */
const decision = (id: string, action: string) =>
  eventually(async () => {
    const all = await platform.journal();
    const found = all.find((entry) => entry.what === "decided" && entry.id === id && entry.action === action);
    if (found?.what !== "decided") throw new Error(`no "${action}" for ${id} in ${JSON.stringify(all)}`);
    return found;
  });

const webhooks = (all: readonly JournalEntry[], id: string): number =>
  all.filter((entry) => entry.what === "reported" && entry.id === id && entry.via === "webhook").length;

const show = (path: string): Promise<string> => platform.git("show", `develop:${path}`);

/** What was done about a release; the ends of its syncs are recorded beside it, whenever Argo CD reports them. */
const actions = async (commit: string): Promise<unknown[]> => {
  const lines = (await platform.git("notes", "--ref=deployments", "show", commit)).split("\n");
  const all = lines.map((line) => (JSON.parse(line) as { readonly action: unknown }).action);
  return all.filter((action) => action !== "deployed");
};

beforeAll(async () => {
  platform = await rollbackPlatform({ ...application("web"), ...application("risk") });
  for (const name of ["web-dev", "risk-dev"]) await platform.until(name, well);
}, 10 * minutes);

afterAll(() => platform?.destroy(), 2 * minutes);

describe("a release that fails", () => {
  test(
    "is reported once, taken back in Git, and the application is well again",
    async () => {
      const bad = await platform.push("Release web 2", { [overlayOf("web")]: overlay("web", 2, "bad") });
      await platform.until("web-dev", ({ revision, health }) => revision === bad && health === "Degraded");
      const { commit = "" } = await decision(`web-dev-degraded-${bad}`, "rolled-back");
      await platform.until("web-dev", (one) => well(one) && one.revision === commit);
      await decision(`web-dev-healthy-${commit}`, "recovered");

      expect(webhooks(await platform.journal(), `web-dev-degraded-${bad}`)).toBe(1);
      const text = await show(overlayOf("web"));
      expect(text.startsWith(overlay("web", 1, "good"))).toBe(true);
      expect(text).toContain(bad);
      expect(await platform.git("log", "-1", "--format=%(trailers:key=Rolled-back-from,valueonly)", commit)).toContain(
        bad,
      );
      expect(await platform.git("rev-list", "--count", `${bad}..develop`)).toBe("1");
      expect(await actions(commit)).toEqual(["rolled-back", "recovered"]);
    },
    10 * minutes,
  );

  test(
    "is not taken for the work of the commit that corrects it",
    async () => {
      const all = await platform.journal();
      const reports = all.filter((entry) => entry.what === "reported").map((entry) => entry.id);
      const degraded = reports.filter((id) => id.startsWith("web-dev-degraded-"));
      expect(degraded).toHaveLength(1);
    },
    minutes,
  );

  test(
    "of an application that degrades turns its flag on, and off again once a correction is healthy",
    async () => {
      const bad = await platform.push("Release risk 2", { [overlayOf("risk")]: overlay("risk", 2, "bad") });
      const on = await decision(`risk-dev-degraded-${bad}`, "degraded-mode-on");
      expect(`${await show(flagsOf("risk"))}\n`).toBe(flags("on"));
      expect(`${await show(overlayOf("risk"))}\n`).toBe(overlay("risk", 2, "bad"));

      const fix = await platform.push("Release risk 3", { [overlayOf("risk")]: overlay("risk", 3, "good") });
      const off = await decision(`risk-dev-healthy-${fix}`, "degraded-mode-off");
      await platform.until("risk-dev", (one) => well(one) && one.revision === off.commit);
      expect(`${await show(flagsOf("risk"))}\n`).toBe(flags("off"));
      expect(await actions(on.commit ?? "")).toEqual(["degraded-mode-on", "recovered"]);
    },
    10 * minutes,
  );
});

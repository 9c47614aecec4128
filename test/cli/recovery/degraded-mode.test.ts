import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { handleEvent } from "../../../cli/recovery/index.ts";
import type { Decision, RecoveryEvent } from "../../../cli/recovery/index.ts";

import { at, flags, flagsFile, makeRepositories, overlayFile, report, withFlags } from "./repositories.ts";
import type { Repositories } from "./repositories.ts";

let git: Repositories;
let bad: string;

beforeEach(async () => {
  git = await makeRepositories();
  await git.commit("Release app 1", { [overlayFile]: withFlags("1.0.0"), [flagsFile]: flags("off") }, at(-1000));
  bad = await git.commit("Release app 2", { [overlayFile]: withFlags("2.0.0") });
});

afterEach(() => git.remove());

const degrade = { onFailure: "degrade", degradeFlag: "degraded-mode" };
const degraded = (revision: string): RecoveryEvent => report(revision, degrade);
const healthy = (revision: string, since: number): RecoveryEvent =>
  report(revision, { ...degrade, kind: "healthy", since: at(since).toISOString() });

const handle = (event: RecoveryEvent, seconds: number): Promise<readonly Decision[]> =>
  handleEvent(event, { repository: git.clone, now: () => at(seconds), limits: { settle: 600, togglesPerDay: 2 } });

async function commitOf(event: RecoveryEvent, seconds: number): Promise<string> {
  const commit = (await handle(event, seconds)).at(-1)?.commit;
  if (commit === undefined) throw new Error("nothing was committed");
  return commit;
}

describe("the degraded mode", () => {
  test("is turned on by one line of the flags, and the release stays", async () => {
    const decisions = await handle(degraded(bad), 100);
    expect(decisions).toMatchObject([{ action: "degraded-mode-on", needsPerson: false }]);
    expect(`${await git.show(flagsFile)}\n`).toBe(flags("on"));
    expect(await git.show(overlayFile)).toContain("newTag: 2.0.0");
    const notes = await git.notes(decisions[0]?.commit ?? "");
    expect(notes).toMatchObject([{ action: "degraded-mode-on", revision: bad }]);
  });

  test("is not turned on twice for one revision", async () => {
    const on = await commitOf(degraded(bad), 100);
    expect(await handle(degraded(bad), 200)).toMatchObject([{ action: "nothing" }]);
    expect((await git.log())[0]).toBe(on);
  });

  test("ends when the application has been healthy for long enough, and not before", async () => {
    const on = await commitOf(degraded(bad), 100);
    const early = await handle(healthy(on, 200), 300);
    expect(early.map(({ action }) => action)).toEqual(["recovered", "waiting"]);
    expect(early[1]?.notBefore).toBe(at(800).toISOString());
    expect((await git.log())[0]).toBe(on);
    expect((await git.notes(on)).at(-1)).toMatchObject({ action: "recovered", seconds: 100 });

    expect(await handle(healthy(on, 200), 800)).toMatchObject([{ action: "degraded-mode-off" }]);
    expect(`${await git.show(flagsFile)}\n`).toBe(flags("off"));
    expect(await handle(healthy(on, 200), 900)).toMatchObject([{ action: "nothing" }]);
  });

  test("goes on when the application degraded again in the meantime", async () => {
    const on = await commitOf(degraded(bad), 100);
    const again = (await handle(degraded(on), 400)).at(-1);
    expect(again).toMatchObject({ action: "refused", needsPerson: true });
    const later = await handle(healthy(on, 200), 900);
    expect(later.map(({ action }) => action)).not.toContain("degraded-mode-off");
    expect(`${await git.show(flagsFile)}\n`).toBe(flags("on"));
  });

  test("stays on when ending it brought the failure back too often in a day", async () => {
    let revision = bad;
    let time = 0;
    for (let round = 0; round < 2; round += 1) {
      const on = await commitOf(degraded(revision), time + 100);
      revision = await commitOf(healthy(on, time + 200), time + 1000);
      time += 1000;
    }
    const on = await commitOf(degraded(revision), time + 100);
    const end = (await handle(healthy(on, time + 200), time + 1000)).at(-1);
    expect(end).toMatchObject({ action: "refused", needsPerson: true });
    expect((await git.log())[0]).toBe(on);
  });

  test("is asked about again while the application is not healthy, whatever was reported", async () => {
    const on = await commitOf(degraded(bad), 100);
    let well = false;
    const options = { repository: git.clone, now: () => at(1000), isHealthy: () => Promise.resolve(well) };
    const early = (await handleEvent(healthy(on, 200), options)).at(-1);
    expect(early).toMatchObject({ action: "waiting", notBefore: at(1600).toISOString() });
    well = true;
    expect(await handleEvent(healthy(on, 200), options)).toMatchObject([{ action: "degraded-mode-off" }]);
  });

  test("that a person turned on is the person's to turn off", async () => {
    const by = await git.commit("Turn it on by hand", { [flagsFile]: flags("on") });
    expect(await handle(healthy(by, 0), 5000)).toMatchObject([{ action: "nothing" }]);
    expect(`${await git.show(flagsFile)}\n`).toBe(flags("on"));
  });

  test("is not turned on for what serves nobody yet", async () => {
    const first = report(bad, { ...degrade, deployed: [bad] });
    expect(await handle(first, 100)).toMatchObject([{ action: "refused", needsPerson: true }]);
    expect((await git.log())[0]).toBe(bad);
  });

  test("cannot be turned on by a flag that is not there, or whose rules would win", async () => {
    const rules = flags("off").replace('"ENABLED",', '"ENABLED",\n      "targeting": { "if": [true, "off"] },');
    const targeted = await git.commit("Add rules", { [flagsFile]: rules });
    expect(await handle(degraded(targeted), 100)).toMatchObject([{ action: "refused", needsPerson: true }]);
    const gone = await git.commit("Drop the flag", { [flagsFile]: '{ "flags": {} }\n' });
    expect(await handle(degraded(gone), 200)).toMatchObject([{ action: "refused", needsPerson: true }]);
    expect((await git.log())[0]).toBe(gone);
  });
});

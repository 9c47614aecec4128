import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { handleEvent, noteOverdue, parseEvent } from "../../../cli/recovery/index.ts";
import type { Decision, RecoveryEvent } from "../../../cli/recovery/index.ts";

import { at, makeRepositories, overlay, overlayFile, report } from "./repositories.ts";
import type { Repositories } from "./repositories.ts";

let git: Repositories;
let good: string;
let bad: string;

beforeEach(async () => {
  git = await makeRepositories();
  good = await git.commit("Release app 1", { [overlayFile]: overlay("1.0.0") }, at(-1000));
  bad = await git.commit("Release app 2", { [overlayFile]: overlay("2.0.0") });
});

afterEach(() => git.remove());

const options = (seconds: number) => ({ repository: git.clone, now: () => at(seconds) });
const handle = (event: RecoveryEvent, seconds: number): Promise<readonly Decision[]> =>
  handleEvent(event, options(seconds));

describe("the outcome of a rollback", () => {
  test("is recorded once the application is healthy on it", async () => {
    const commit = (await handle(report(bad), 100))[0]?.commit ?? "";
    const healthy = report(commit, { kind: "healthy", since: at(190).toISOString() });
    expect(await handle(healthy, 200)).toMatchObject([{ action: "recovered" }]);
    expect(await handle(healthy, 300)).toMatchObject([{ action: "nothing" }]);
    expect(await git.notes(commit)).toMatchObject([{ action: "rolled-back" }, { action: "recovered", seconds: 90 }]);
    expect(await noteOverdue(options(90_000), "main")).toEqual([]);
  });

  test("is not recorded by a healthy report about the release before", async () => {
    await handle(report(bad), 100);
    expect(await handle(report(good, { kind: "healthy" }), 200)).toMatchObject([{ action: "nothing" }]);
  });

  test("is recorded as missing after the deadline, once", async () => {
    const commit = (await handle(report(bad), 100))[0]?.commit ?? "";
    expect(await noteOverdue(options(1000), "main")).toEqual([]);
    expect(await noteOverdue(options(2000), "main")).toMatchObject([{ action: "not-recovered", needsPerson: true }]);
    expect(await noteOverdue(options(3000), "main")).toEqual([]);
    expect((await git.notes(commit)).map(({ action }) => action)).toEqual(["rolled-back", "not-recovered"]);
  });
});

describe("records", () => {
  test("of a failure that is left to people are written once, at the revision that failed", async () => {
    expect(await handle(report(bad, { onFailure: "notify" }), 100)).toMatchObject([{ action: "notified" }]);
    await handle(report(bad, { onFailure: "notify" }), 200);
    expect(await git.notes(bad)).toMatchObject([{ version: 1, action: "notified", revision: bad }]);
    expect((await git.log())[0]).toBe(bad);
  });

  test("of refusals are written as well", async () => {
    const fix = await git.commit("Release app 3", { [overlayFile]: overlay("3.0.0") });
    await handle(report(bad), 100);
    expect(await git.notes(bad)).toMatchObject([
      { action: "refused", reason: expect.stringContaining(fix.slice(0, 7)) },
    ]);
  });

  test("keep what others write at the same time", async () => {
    await git.git("notes", "--ref=deployments", "add", "--message", "by a person", good);
    await git.git("push", "--quiet", "origin", "refs/notes/deployments");
    const commit = (await handle(report(bad), 100))[0]?.commit ?? "";
    expect(await git.notes(commit)).toHaveLength(1);
    await git.git("fetch", "--quiet", "--force", "origin", "refs/notes/deployments:refs/notes/deployments");
    expect(await git.git("notes", "--ref=deployments", "show", good)).toBe("by a person");
  });

  test("are written after a crash between the commit and its record", async () => {
    const commit = (await handle(report(bad), 100))[0]?.commit ?? "";
    await git.git("push", "--quiet", "origin", ":refs/notes/deployments");
    expect(await git.notes(commit)).toEqual([]);
    expect(await handle(report(bad), 200)).toMatchObject([{ action: "nothing" }]);
    expect(await git.notes(commit)).toMatchObject([{ action: "rolled-back", reverted: [bad] }]);
  });
});

describe("an event", () => {
  test("is read bare, from the body of a dispatch and from the payload of its workflow", () => {
    const event = report(bad);
    expect(parseEvent(event)).toEqual(event);
    expect(parseEvent({ event_type: "x", client_payload: { event } })).toEqual(event);
    expect(parseEvent({ event })).toEqual(event);
  });

  test("without a wish is left to people", () => {
    const { onFailure: _, ...silent } = report(bad);
    expect(parseEvent({ ...silent, onFailure: "" }).onFailure).toBe("notify");
  });

  test.each([
    ["branch", "--force"],
    ["branch", "a..b"],
    ["path", "../apps"],
    ["path", "/etc"],
    ["path", "apps/$(x)"],
    ["revision", "main"],
    ["application", "../x"],
    ["onFailure", "panic"],
  ])("with %s %j is refused, by name", (field, value) => {
    expect(() => parseEvent({ ...report(bad), [field]: value })).toThrow(field);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { applicationsPath } from "../../../local/argocd/applications.ts";
import { at } from "../recovery/repositories.ts";

import { author, beginStory } from "./story.ts";
import type { Story } from "./story.ts";

let story: Story;
let first: string;
let second: string;

beforeEach(async () => {
  story = await beginStory("staging");
  [first, second] = story.commits;
  waits();
  story.cluster.onPatch = () => ends("Succeeded");
});
afterEach(() => story.end());

/** Argo CD has compared the second commit, and waits for a person. */
const waits = (): void =>
  story.live({ environment: "staging", automated: false, sync: "OutOfSync", revision: second, synced: [first] });

/** As after a sync of the second commit. */
function ends(phase: string, revision = second): void {
  const operation = { sync: { revision: second } };
  const operationState = { phase, operation, syncResult: { revision: second }, message: "one thing did not apply" };
  const sync = phase === "Succeeded" && revision === second ? "Synced" : "OutOfSync";
  story.live({
    environment: "staging",
    automated: false,
    sync,
    revision,
    synced: [first, second],
    status: { operationState },
  });
}

const tagName = (): string => `approved/staging/app/sync/${second.slice(0, 12)}`;

describe("gitops approve of a sync", () => {
  test("shows what waits, records who and why, and syncs exactly that commit", async () => {
    const { exitCode, stdout, stderr } = await story.approve("staging", ["--message", "tested by QA"]);
    expect([stderr, exitCode]).toEqual([expect.stringContaining("recorded in Git"), 0]);
    expect(stdout).toContain(`revision ${second}`);
    expect(stdout).toContain("Release app 2 (A Person)");
    expect(stdout).toContain("approved: app-staging: Synced, Healthy");

    const by = "Ann Operator <ann@example.com>";
    const message = await story.tag(tagName());
    expect(message).toContain(by);
    for (const line of [`Approved-by: ${by}`, `Approved-revision: ${second}`, "Environment: staging"]) {
      expect(message.split("\n")).toContain(line);
    }
    expect(await story.git.notes(second)).toEqual([
      expect.objectContaining({ action: "approved", by, reason: "tested by QA", revision: second, waitedFor: "sync" }),
    ]);
    expect(story.cluster.patches).toEqual([
      {
        path: `${applicationsPath}/app-staging`,
        body: expect.objectContaining({
          operation: {
            initiatedBy: { username: by },
            info: [{ name: "Approved-by", value: by }],
            sync: { revision: second, prune: false },
          },
        }),
      },
    ]);
    // The branch is where it was: an approval changes nothing that Argo CD follows.
    expect(await story.git.log()).toEqual([second, first]);
    expect(await story.git.git("ls-remote", "--tags", story.git.clone)).toBe("");
  });

  test("syncs what was looked at, when somebody pushes at that moment", async () => {
    const third = await story.git.commit("Release app 3", { [story.file("staging")]: "resources: []\n" }, at(120));
    story.cluster.onPatch = () => ends("Succeeded", third);
    const { exitCode, stdout } = await story.approve("staging");
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining(`${third.slice(0, 7)} is newer and waits for another approval`),
    ]);
    expect(story.cluster.patches).toMatchObject([{ body: { operation: { sync: { revision: second } } } }]);
    expect(await story.git.notes(third)).toEqual([]);
  });

  test("does nothing with --dry-run", async () => {
    const { exitCode, stdout } = await story.approve("staging", ["--dry-run"]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("would approve")]);
    expect(await story.tag(tagName())).toBe("");
    expect([story.cluster.patches, await story.git.notes(second)]).toEqual([[], []]);
  });

  test("says that it is approved already, and by whom, once it runs", async () => {
    await story.approve("staging");
    const { exitCode, stdout } = await story.approve("staging", ["--json"], author);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      action: "already-approved",
      approved: true,
      by: "Ann Operator <ann@example.com>",
      change: null,
    });
    expect([story.cluster.patches.length, (await story.git.notes(second)).length]).toEqual([1, 1]);
  });

  test("takes up an approval whose sync was not asked for, and does not record it again", async () => {
    await story.approve("staging", ["--no-wait"]);
    waits();
    const { exitCode, stdout } = await story.approve("staging", [], author);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("already approved")]);
    expect([story.cluster.patches.length, (await story.git.notes(second)).length]).toEqual([2, 1]);
  });

  test("says how a sync that failed ended", async () => {
    story.cluster.onPatch = () => ends("Failed");
    const { exitCode, stdout } = await story.approve("staging");
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/failed: .* is Failed: one thing did not apply/)]);
  });

  test("waits no longer than it may", async () => {
    story.cluster.onPatch = () => ends("Running");
    const { exitCode, stdout } = await story.approve("staging", ["--timeout", "1"]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("is Running")]);
  });

  test("approves nothing while nothing waits, or its window is closed to people", async () => {
    const projects = applicationsPath.replace("applications", "appprojects");
    const always = { schedule: "0 0 * * *", duration: "24h", timeZone: "UTC", applications: ["app-staging"] };
    const spec = { syncWindows: [{ kind: "deny", manualSync: false, ...always }] };
    story.cluster.objects.set(projects, { items: [{ metadata: { name: "staging" }, spec }] });
    const closed = await story.approve("staging");
    expect([closed.exitCode, closed.stdout]).toEqual([1, expect.stringContaining("let no person through")]);
    ends("Succeeded");
    const { exitCode, stdout } = await story.approve("staging");
    expect([exitCode, stdout]).toEqual([1, "app in staging does not wait for an approval: it is Synced and Healthy"]);
    expect([story.cluster.patches, await story.git.notes(second)]).toEqual([[], []]);
  });

  test("refuses a commit that the branch does not have", async () => {
    const revision = "1".repeat(40);
    story.live({ environment: "staging", automated: false, sync: "OutOfSync", revision, synced: [first] });
    const { exitCode, stdout } = await story.approve("staging");
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('branch "main" does not have 1111111')]);
    expect(story.cluster.patches).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { Ran } from "../plan/gitops.ts";

import { beginStory, pod } from "./story.ts";
import type { Story } from "./story.ts";

let story: Story;

beforeEach(async () => {
  story = await beginStory("prod");
  phase("WaitingPromotion");
});
afterEach(() => story.end());

const phase = (name: string): void =>
  story.live({ environment: "prod", synced: [...story.commits], health: "Healthy" }, name);

const approve = (...args: readonly string[]): Promise<Ran> => story.approve("prod", ["--no-wait", ...args]);

describe("gitops approve of a promotion", () => {
  test("opens the gate of the Canary through a port-forward to the load tester's pod, and records it", async () => {
    const { exitCode, stdout } = await approve();
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("approved: app in prod may go on")]);
    const { cluster, commits, git } = story;
    expect(cluster.gates).toEqual([{ path: "/gate/open", body: { name: "app", namespace: "prod" } }]);
    expect(cluster.forwards).toEqual([
      "GET /api/v1/namespaces/flagger-system/pods/loadtester-1/portforward?ports=8080",
    ]);
    expect(cluster.patches).toEqual([]);
    expect(await git.notes(commits[1])).toMatchObject([{ action: "approved", waitedFor: "promotion" }]);
  });

  test("takes the pod that is ready, of several that are listed", async () => {
    const going = { deletionTimestamp: "2026-01-01T00:00:00Z" };
    story.pods(pod("evicted", false), pod("going", true, going), pod("new", true));
    expect((await approve()).exitCode).toBe(0);
    expect(story.cluster.forwards).toEqual([expect.stringContaining("/pods/new/portforward")]);
  });

  test("opens nothing while nothing waits", async () => {
    phase("Progressing");
    const { exitCode, stdout } = await approve();
    expect([exitCode, stdout]).toEqual([1, "app in prod does not wait for an approval: its Canary is Progressing"]);
    expect(story.cluster.forwards).toEqual([]);
  });

  test.each([
    ["forbidden", /no port-forward: .*403; it needs the rights "get" and "create" on pods\/portforward/],
    ["nobody-listens", /pod flagger-system\/loadtester-1: port 8080 does not answer: error forwarding port 8080/],
    ["cut-off", /pod flagger-system\/loadtester-1: port 8080 does not answer/],
  ] as const)(
    "says why it did not reach the gate, and goes on with the same approval then: %s",
    async (mode, words) => {
      story.cluster.mode = mode;
      const { exitCode, stdout, stderr } = await approve();
      expect(stderr).toMatch(words);
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(story.cluster.gates).toEqual([]);
      story.cluster.mode = "forwarded";
      expect((await approve()).stdout).toContain("already approved");
      expect(story.cluster.gates).toHaveLength(1);
      expect(await story.git.notes(story.commits[1])).toHaveLength(1);
    },
  );

  test("takes no answer for a yes that is none", async () => {
    story.cluster.gateStatus = 500;
    const { exitCode, stderr } = await approve();
    expect(exitCode).toBe(2);
    expect(stderr).toContain("/gate/open answered 500");
  });

  test("says that there is no load tester, or none that is ready", async () => {
    story.pods();
    expect((await approve()).stderr).toContain('no pod of Flagger\'s load tester in namespace "flagger-system"');
    story.pods(pod("loadtester-1", false));
    expect((await approve()).stderr).toContain("not ready: loadtester-1");
  });
});

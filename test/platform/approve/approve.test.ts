import { describe, expect } from "@jest/globals";
import { execa } from "execa";

import type { HistoryDocument } from "../../../cli/history/model.ts";
import { eventually } from "../support/eventually.ts";
import { ownPlatform } from "../support/own-platform.ts";
import type { ThrowAwayPlatform } from "../support/platform.ts";
import { scenario } from "../support/scenario.ts";

const platform = ownPlatform();

/** Whoever makes the commits of the checkout (support/checkout.ts). */
const author = { name: "Test", email: "test@example.com" };

/** The records about an application in staging, oldest first. */
async function records(on: ThrowAwayPlatform, commit: string): Promise<readonly Record<string, unknown>[]> {
  const args = ["--git-dir", on.layout.gitRepository, "notes", "--ref=deployments", "show", commit];
  const { stdout } = await execa("git", args, { reject: false });
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ application, environment }) => application === "reporting" && environment === "staging");
}

describe("gitops approve on the real Argo CD", () => {
  scenario(
    "waits for a person, syncs what they approve, and brings the end of the sync back to Git",
    platform,
    async (on) => {
      const staging = ["reporting", "--env", "staging"];
      const revision = await on.checkout.head();

      // The account of Argo CD decides: a viewer may look.
      await on.argocd("viewer", "context", "viewer");
      const viewer = await on.gitops(["approve", ...staging], author);
      expect([viewer.exitCode, viewer.stdout]).toEqual([1, expect.stringContaining('has not the right "sync"')]);
      await on.argocd("viewer", "context", "deployer");

      // Whoever wrote it may approve it in staging.
      const approved = await on.gitops(["approve", ...staging, "--message", "tested", "--no-wait"], author);
      expect([approved.exitCode, approved.stdout]).toEqual([0, expect.stringContaining("approved: ")]);
      const by = "Test <test@example.com>";
      const done = await eventually(async () => {
        const found = await records(on, revision);
        expect(found.map(({ action }) => action)).toEqual(["approval-refused", "approved", "deployed"]);
        return found;
      }, 180);
      expect(done[1]).toMatchObject({ by, reason: "tested", waitedFor: "sync", revision });
      expect(done[2]).toMatchObject({ by: "deployer", outcome: "Succeeded", revision });

      const again = await on.gitops(["approve", ...staging, "--no-wait"], author);
      expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining("already approved")]);
      const { stdout } = await on.gitops(["history", ...staging, "--json", "--limit", "1"]);
      const [newest] = (JSON.parse(stdout) as HistoryDocument).deployments;
      expect(newest).toMatchObject({
        outcome: "running",
        sync: { by: "deployer" },
        approvals: [{ by, how: "note", reason: "tested" }],
        syncs: [{ outcome: "Succeeded" }],
      });
    },
  );

  scenario("approves nothing in prod while nothing waits there", platform, async (on) => {
    const { exitCode, stdout } = await on.gitops(["approve", "core-trading", "--env", "prod"]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("does not wait for an approval")]);
  });
});

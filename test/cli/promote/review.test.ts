import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { at } from "../recovery/repositories.ts";
import { startGitHubPulls } from "../repository/github-pulls.ts";

import { beginStory, file } from "./story.ts";
import type { Story } from "./story.ts";

let story: Story;

beforeEach(async () => {
  story = await beginStory();
});
afterEach(() => story.end());

const release = (): Promise<readonly string[]> => story.git.log("release");

/** A program that declares nothing: only the overlays are judged. */
const project = {
  "package.json": '{ "type": "module" }',
  "Pulumi.yaml": "name: fixture\nruntime: nodejs\nmain: index.ts\n",
  "Pulumi.dev.yaml": "config: {}\n",
  "index.ts": "export default async () => ({});\n",
};

/** What the policies refuse: a Secret that anybody can read in Git. */
const secret = {
  [file("app", "staging")]: "namespace: staging\nresources: [secret.yaml]\n",
  "apps/app/overlays/staging/secret.yaml":
    "apiVersion: v1\nkind: Secret\nmetadata: { name: app }\nstringData: { token: committed-by-mistake }\n",
};

describe("the review of a promotion", () => {
  test("is in the message, the note and the output, with its risk", async () => {
    const { git, live, promoteReviewed } = story;
    const revision = await git.commit("Say how the platform is made, because it is reviewed", project, at(90));
    await git.git("push", "--quiet", "origin", `${revision}:refs/heads/release`);
    const next = await git.commit("Add a value to app, because it is wanted", { "apps/app/base/a": "1" }, at(120));
    live({}, {}, next);
    const { stdout, stderr, exitCode } = await promoteReviewed(["--all", "--branch", "--json"]);
    expect([stderr, exitCode]).toEqual(["", 0]);
    const said = JSON.parse(stdout) as { readonly commit: string; readonly review: { readonly risk: number } };
    expect(said).toMatchObject({ action: "promoted", review: { outcome: "approved", rejections: [] } });
    const verdict = `approved, risk ${said.review.risk.toFixed(2)}`;
    await git.git("fetch", "--quiet", "origin");
    const trailers = await git.git("log", "-1", "--format=%(trailers:only,unfold)", "origin/release");
    expect(trailers).toContain(`Requested-by: Ann Operator <ann@example.com>\nReview: ${verdict}`);
    const [note] = await git.notes(said.commit);
    expect(note).toMatchObject({ action: "promoted", reason: expect.stringContaining(`review ${verdict}`) });
  });

  test("refuses what breaks a mandatory policy, unless a person does without, and shows it in a pull request", async () => {
    const { git, live, promote, promoteReviewed } = story;
    const revision = await git.commit("Say a secret", { ...project, ...secret }, at(120));
    live({}, {}, revision);
    const refused = await promoteReviewed(["--all", "--branch"]);
    expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("the review rejects it: ") });
    expect(refused.stdout).toContain("no-plain-secrets");
    expect(refused.stdout + refused.stderr).not.toContain("committed-by-mistake");
    expect(await release()).toHaveLength(1);

    const github = await startGitHubPulls();
    try {
      const proposed = await promoteReviewed(["--all", "--branch", "--host", "github"], github.environment);
      expect(proposed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("review rejected, risk") });
      expect(github.pulls[0]?.body).toContain("❌ rejected");
      expect(github.pulls[0]?.body).toContain("no-plain-secrets");
    } finally {
      await github.close();
    }

    expect(await promote(["--all", "--branch"])).toMatchObject({ exitCode: 0 });
    expect((await release()).length).toBeGreaterThan(1);
  });

  test("refuses to push where no review can be made, with the way on", async () => {
    const { stdout, exitCode } = await story.promoteReviewed(["app"]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("--no-review")]);
    expect(stdout).toContain("no Pulumi.yaml");
    expect(await release()).toHaveLength(1);
  });
});

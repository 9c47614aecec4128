import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { VerifyDocument } from "../../../cli/audit/verify/model.ts";
import { verify } from "../../../cli/audit/verify/verify.ts";
import { environmentNames } from "../../../infra/environments.ts";
import { temporaryFolder } from "../plan/gitops.ts";
import { at } from "../recovery/repositories.ts";

import { makeRecorded } from "./records.ts";
import type { Recorded } from "./records.ts";

let git: Recorded;

beforeEach(async () => {
  git = await makeRecorded(temporaryFolder());
});
afterEach(() => git.remove());

const notes = "refs/notes/deployments";

function check(expected: Readonly<Record<string, string>> = {}, signers: string | null = git.signers) {
  return verify(
    { repository: git.clone, remote: "origin", url: git.remote },
    {
      environments: environmentNames,
      period: { since: at(-1000), until: new Date("2100-01-01T00:00:00Z") },
      allowedSigners: signers ?? undefined,
      expected: new Map(Object.entries(expected).map(([name, commit]) => [name, [commit]])),
    },
  );
}

const kinds = ({ breaks }: VerifyDocument): readonly string[] => [...new Set(breaks.map((one) => one.check))].sort();

const noteOf = (id: string | undefined): Promise<string> =>
  git.inRemote(["notes", "--ref=deployments", "show", id ?? ""]);

/** Replaces a note by a commit on top, as anybody can who may push. */
const setNote = (id: string | undefined, text: string): Promise<string> =>
  git.inRemote(["notes", "--ref=deployments", "add", "--force", "--file=-", id ?? ""], text);

/** Rewrites every commit of the notes, as anybody can who may write to the host's files. */
async function rewrite(change: (history: string) => string): Promise<void> {
  const history = await git.inRemote(["fast-export", notes]);
  await git.inRemote(["fast-import", "--force", "--quiet"], `${change(history)}\n`);
}

describe("an untouched trail", () => {
  test("verifies, with counts, and is remembered", async () => {
    const result = await check();
    expect(result.breaks).toEqual([]);
    expect(result.warnings).toEqual([]);
    expect(result.checks.map(({ counts }) => counts.join(", "))).toEqual([
      "4 commits of notes",
      "4 records in the chain",
      "4 signed records",
      "0 commits of the platform",
      "3 not signed",
      "4 histories, 0 commits given, 0 remembered by this clone, 0 logged by the Git host",
    ]);
    expect(Object.keys(result.heads)).toEqual(["notes", "develop", "release", "main"]);
    expect((await check(result.heads)).checks.at(-1)?.counts).toContain("4 remembered by this clone");
  });

  test("verifies when it grew since", async () => {
    const { heads } = await check();
    await git.record(git.ids[2] ?? "", git.platform);
    await git.commit("Release app 4", {}, at(500));
    expect((await check(heads)).breaks).toEqual([]);
  });

  test("has words of others in it, which are no records", async () => {
    await setNote(git.ids[2], "seen by a person");
    expect((await check()).breaks).toEqual([]);
  });

  test("without signers is checked for soundness alone, and says so", async () => {
    const result = await check({}, null);
    expect(result.breaks).toEqual([]);
    expect(result.warnings).toEqual([expect.stringContaining("nobody says whose signatures count")]);
  });
});

describe("a commit on top of the notes that", () => {
  test("edits a line is found", async () => {
    await setNote(git.ids[1], (await noteOf(git.ids[1])).replace("Failed", "Succeeded"));
    const result = await check();
    expect(kinds(result)).toEqual(["append-only", "chain", "signature"]);
    expect(result.breaks[0]).toMatchObject({
      where: expect.stringContaining("line 2"),
      expected: `"outcome": "Failed"`,
      found: `"outcome": "Succeeded"`,
    });
  });

  test("drops a note is found", async () => {
    await git.inRemote(["notes", "--ref=deployments", "remove", git.ids[1] ?? ""]);
    expect((await check()).breaks).toMatchObject([{ check: "append-only", found: "nothing" }]);
  });

  test("puts lines into another order is found", async () => {
    await setNote(git.ids[0], (await noteOf(git.ids[0])).split("\n").reverse().join("\n"));
    expect(kinds(await check())).toContain("append-only");
  });

  test("adds a record without a signature is found", async () => {
    await git.record(git.ids[2] ?? "", undefined);
    expect((await check()).breaks).toMatchObject([{ check: "signature", expected: "a signature", found: "none" }]);
  });

  test("adds a record with the signature of a stranger is found", async () => {
    await git.record(git.ids[2] ?? "", git.stranger);
    expect((await check()).breaks).toMatchObject([{ check: "signer", found: git.stranger.publicKey }]);
  });

  test("adds a record of one person with the key of another is found", async () => {
    await git.record(git.ids[2] ?? "", git.ann, { action: "approved", by: "Bob <bob@example.com>" });
    const mismatch = { check: "signer", expected: "the key of bob@example.com", found: "ann@example.com" };
    expect((await check()).breaks).toMatchObject([mismatch]);
  });

  test("adds a record of the platform with the key of a person is found", async () => {
    await git.record(git.ids[2] ?? "", git.ann);
    expect((await check()).breaks).toMatchObject([{ check: "signer", expected: "the key of platform@gitops.invalid" }]);
  });

  test("adds records that are all without signatures is found, when there are signers", async () => {
    await git.inRemote(["update-ref", "-d", notes]);
    await git.record(git.ids[0] ?? "", undefined);
    expect((await check()).breaks).toMatchObject([{ check: "signature", where: "all records" }]);
  });

  test("forges content under a real signature is found", async () => {
    await git.record(git.ids[2] ?? "", git.platform, { outcome: "Failed" });
    // As if it had been written so: the commit that added it is replaced.
    const line = (await noteOf(git.ids[2])).replace("Failed", "Succeeded");
    await git.inRemote(["update-ref", notes, `${notes}^`]);
    await setNote(git.ids[2], line);
    expect((await check()).breaks).toMatchObject([{ check: "signature", found: "one that does not fit" }]);
  });

  test("copies a signed record to another commit is found", async () => {
    const [line = ""] = (await noteOf(git.ids[0])).split("\n");
    await setNote(git.ids[2], line);
    expect(kinds(await check())).toEqual(["chain", "signature"]);
  });
});

describe("a rewritten history of the notes", () => {
  test("with another content is found by the records after it", async () => {
    await rewrite((history) => history.replaceAll(`"reason":"synced"`, `"reason":"s-nced"`));
    expect(kinds(await check())).toEqual(["chain", "signature"]);
  });

  test("in another order is found by the chain", async () => {
    const [first, second] = (await git.inRemote(["rev-list", "--reverse", notes])).split("\n");
    // The first record is left out, and the others are put on nothing.
    await git.inRemote(["replace", "--graft", second ?? ""]);
    await rewrite((history) => history);
    await git.inRemote(["replace", "--delete", second ?? ""]);
    expect(await git.inRemote(["rev-list", notes])).not.toContain(first);
    const result = await check();
    expect(kinds(result)).toContain("chain");
    expect(result.breaks.find((one) => one.check === "chain")?.found).toContain(first?.slice(0, 7));
  });

  test("without its end is found by what the clone remembers, or was told", async () => {
    const { heads } = await check();
    await git.inRemote(["update-ref", notes, `${notes}^`]);
    const result = await check();
    expect(result.breaks).toMatchObject([{ check: "checkpoint", where: "notes" }]);
    expect(result.breaks[0]?.expected).toBe(`${heads["notes"]} in its history (remembered by this clone)`);
  });

  test("without its end is found by a checkpoint that was kept elsewhere", async () => {
    const tip = await git.inRemote(["rev-parse", notes]);
    await git.inRemote(["update-ref", notes, `${notes}^`]);
    expect((await check()).breaks).toEqual([]);
    expect((await check({ notes: tip })).breaks).toMatchObject([{ check: "checkpoint", where: "notes" }]);
  });

  test("that is gone is found", async () => {
    await check();
    await git.inRemote(["update-ref", "-d", notes]);
    expect((await check()).breaks).toMatchObject([{ check: "checkpoint", found: "no refs/notes/deployments" }]);
  });

  test("by a merge that loses lines is found", async () => {
    const [tip = "", before = ""] = (await git.inRemote(["rev-list", "--max-count=2", notes])).split("\n");
    const parents = ["-p", tip, "-p", before];
    const merge = await git.inRemote(["commit-tree", ...parents, "-m", "merge", `${before}^{tree}`]);
    await git.inRemote(["update-ref", notes, merge]);
    expect((await check()).breaks).toMatchObject([
      { check: "append-only", where: expect.stringContaining("in the merge"), found: "no such line" },
    ]);
  });

  test("by a merge that keeps all lines is none", async () => {
    const [tip = "", before = ""] = (await git.inRemote(["rev-list", "--max-count=2", notes])).split("\n");
    const parents = ["-p", tip, "-p", before];
    const merge = await git.inRemote(["commit-tree", ...parents, "-m", "merge", `${tip}^{tree}`]);
    await git.inRemote(["update-ref", notes, merge]);
    expect((await check()).breaks).toEqual([]);
  });
});

describe("a branch", () => {
  test("that is rewritten is found by what the clone remembers", async () => {
    await check();
    await git.inRemote(["update-ref", "refs/heads/main", git.ids[1] ?? ""]);
    expect((await check()).breaks).toMatchObject([{ check: "checkpoint", where: "main" }]);
  });

  test("that is rewritten is found by the log of the Git host", async () => {
    await git.inRemote(["config", "core.logAllRefUpdates", "true"]);
    await git.commit("Release app 4", {}, at(500));
    await git.inRemote(["update-ref", "refs/heads/main", git.ids[2] ?? ""]);
    expect((await check()).breaks).toMatchObject([{ expected: expect.stringContaining("logged by the Git host") }]);
  });

  test("that is gone is found, and not taken for one that does not answer", async () => {
    await check();
    await git.inRemote(["update-ref", "-d", "refs/heads/release"]);
    const result = await check();
    expect(result).toMatchObject({ complete: false, breaks: [{ where: "release", found: "no refs/heads/release" }] });
  });

  test("with a commit in the platform's name that has no record is found", async () => {
    const author = "--author=gitops platform <platform@gitops.invalid>";
    await git.git("commit", "--quiet", "--allow-empty", author, "--message", "Roll app back");
    await git.git("push", "--quiet", "origin", "HEAD:refs/heads/main");
    const id = (await git.log())[0] ?? "";
    expect((await check()).breaks).toMatchObject([{ check: "commit", where: expect.stringContaining(id.slice(0, 7)) }]);
    await git.record(id, git.platform, { action: "rolled-back", commit: id });
    expect((await check()).breaks).toEqual([]);
  });
});

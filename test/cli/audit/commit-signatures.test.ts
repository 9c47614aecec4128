import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import which from "which";

import type { VerifyDocument } from "../../../cli/audit/verify/model.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import { at } from "../recovery/repositories.ts";

import { makeRecorded } from "./records.ts";
import type { Recorded } from "./records.ts";

let git: Recorded;
let folder: string;

beforeEach(async () => {
  folder = temporaryFolder();
  git = await makeRecorded(folder);
});
afterEach(() => git.remove());

const args = ["audit", "--verify", "--since", "2026-01-01", "--json"];

/** Git makes and checks such signatures with ssh-keygen, which a machine may not have. */
const withKeygen = which.sync("ssh-keygen", { nothrow: true }) === null ? describe.skip : describe;

withKeygen("signatures of commits by Git, with SSH keys,", () => {
  let signers: string;

  beforeEach(async () => {
    const file = join(folder, "id");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file]);
    const key = execFileSync("ssh-keygen", ["-y", "-f", file], { encoding: "utf8" }).trim();
    signers = join(folder, "all-signers");
    writeFileSync(
      signers,
      `platform@gitops.invalid ${git.platform.publicKey}\n*@example.com ${key}\nann@example.com ${git.ann.publicKey}\n`,
    );
    const signing = ["-c", "gpg.format=ssh", "-c", `user.signingKey=${file}`];
    await git.git(...signing, "commit", "--quiet", "--allow-empty", "-S", "--message", "A signed one");
    await git.git("push", "--quiet", "origin", "HEAD:refs/heads/main");
  });

  const verify = async (): Promise<VerifyDocument> => {
    const { stdout } = await gitops(folder, [...args, "--directory", git.clone, "--allowed-signers", signers]);
    return JSON.parse(stdout) as VerifyDocument;
  };
  const counts = ({ checks }: VerifyDocument) => checks.find(({ name }) => name.startsWith("signatures"))?.counts;

  test("are judged by the same file", async () => {
    const result = await verify();
    expect(result.breaks).toEqual([]);
    expect(counts(result)).toEqual(["1 with a good signature", "3 not signed"]);
  });

  test("do not count when nobody vouches for the key", async () => {
    signers = git.signers;
    expect(counts(await verify())).toEqual(["1 signed by a key that nobody vouches for", "3 not signed"]);
  });

  test("break when the commit is another one", async () => {
    const signed = await git.inRemote(["cat-file", "commit", "main"]);
    const forged = await git.inRemote(
      ["hash-object", "-t", "commit", "-w", "--stdin"],
      `${signed.replace("A signed one", "Another one")}\n`,
    );
    await git.inRemote(["update-ref", "refs/heads/main", forged]);
    const where = `commit ${forged.slice(0, 7)}`;
    expect((await verify()).breaks).toMatchObject([{ check: "commit", where, found: "a bad one" }]);
  });
});

describe("a person's own key", () => {
  test("signs what the person records, and the command verifies it", async () => {
    await git.git("config", "gitops.recordKey", git.ann.file);
    const work = await git.git("rev-parse", "--show-toplevel");
    const { addRecord } = await import("../../../cli/recovery/notes.ts");
    const [id = ""] = git.ids;
    const record = { version: 1, action: "approved", application: "app", environment: "prod", revision: id } as const;
    const said = { time: at(700).toISOString(), reason: "fine", by: "Ann <ann@example.com>" };
    await addRecord({ repository: work, recordKey: git.platform.file }, id, { ...record, ...said });
    expect((await git.notes(id)).at(-1)).toMatchObject({ key: git.ann.publicKey });
    const { stdout, exitCode } = await gitops(folder, [
      ...args,
      "--directory",
      git.clone,
      "--allowed-signers",
      git.signers,
    ]);
    expect([exitCode, (JSON.parse(stdout) as VerifyDocument).breaks]).toEqual([0, []]);
  });

  test("is shown as the line that allows it", async () => {
    const work = await git.git("rev-parse", "--show-toplevel");
    const show = () => gitops(folder, ["audit", "--show-key", "--directory", work]);
    expect(await show()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("openssl genpkey") });
    await git.git("config", "gitops.recordKey", git.ann.file);
    await git.git("config", "user.name", "Ann");
    await git.git("config", "user.email", "ann@example.com");
    expect(await show()).toMatchObject({ exitCode: 0, stdout: `ann@example.com ${git.ann.publicKey}` });
    // The variable is for machines, whose key is the platform's.
    const pem = readFileSync(git.platform.file, "utf8");
    const asMachine = await gitops(folder, ["audit", "--show-key", "--directory", work], { GITOPS_RECORD_KEY: pem });
    expect(asMachine.stdout).toBe(`platform@gitops.invalid ${git.platform.publicKey}`);
  });

  test("that cannot be used is an error that says how to make one, before anything is written", async () => {
    await git.git("config", "gitops.recordKey", join(folder, "nowhere"));
    const { addRecord } = await import("../../../cli/recovery/notes.ts");
    const work = await git.git("rev-parse", "--show-toplevel");
    const [id = ""] = git.ids;
    const record = { version: 1, action: "approved", application: "app", environment: "prod", revision: id } as const;
    const written = addRecord({ repository: work }, id, { ...record, time: at(0).toISOString(), reason: "fine" });
    await expect(written).rejects.toThrow(/nowhere.*openssl genpkey -algorithm ed25519/);
  });
});

import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import which from "which";

import { root } from "../../support/kustomize.ts";
import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";

const launcher = join(root, "cli", "bin", "gitops.mjs");
const folder = temporaryFolder();
writeFiles(folder, {
  "Pulumi.yaml": "name: fixture\nmain: index.ts\n",
  "Pulumi.dev.yaml": "config: {}\n",
  "Pulumi.prod.yaml": "config: {}\n",
  "index.ts": "",
  "apps/orders/base/a": "1",
  "apps/reports/base/a": "1",
  "apps/components/a": "1",
});
symlinkSync(launcher, join(folder, "gitops"));

/** What the scripts of the shells are told. */
async function answers(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout, exitCode } = await gitops(folder, ["complete", "--", ...words]);
  expect(exitCode).toBe(0);
  return stdout === "" ? [] : stdout.split("\n").map((line) => line.split("\t")[0] ?? "");
}

describe("gitops complete", () => {
  test("knows every command, and what the help of each says", async () => {
    const { stdout } = await gitops(folder, ["complete", "--", ""]);
    expect(stdout).toContain("rollback\ttake a release back");
    const commands = await answers("");
    expect(commands).toEqual(expect.arrayContaining(["plan", "promote", "freeze", "unfreeze", "status", "completion"]));
    expect(commands).not.toContain("complete");
    expect(await answers("un")).toEqual(["unfreeze"]);
  });

  test.each([
    [
      ["rollback", ""],
      ["orders", "reports"],
    ],
    [["freeze", "--app", "or"], ["orders"]],
    [
      ["rollback", "orders", "--env", ""],
      ["dev", "staging", "prod"],
    ],
    [["status", "--env", "p"], ["prod"]],
    [["promote", "--from=d"], ["--from=dev"]],
    [
      ["promote", "--all", "--to", "="],
      ["dev", "staging", "prod"],
    ],
    [["promote", "orders", "--from", "=", "dev", "--to", "s"], ["staging"]],
    [["promote", "orders", "--hos"], ["--host"]],
    [
      ["promote", "orders", "--host", ""],
      ["github", "none"],
    ],
    [
      ["plan", ""],
      ["dev", "prod"],
    ],
    [["plan", "-s", "pr"], ["prod"]],
    [["status", "--kubeconfig", ""], [":files"]],
    [["history", "orders", "--directory", ""], [":directories"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["rollback", "orders", "--reason", ""], []],
    [["nonsense", "--env", ""], []],
  ])("%j", async (words, expected) => {
    expect(await answers(...words)).toEqual(expected);
  });

  test("offers options once, those that may come again more often, and after the last argument by itself", async () => {
    const once = await answers("rollback", "orders", "--env", "prod", "--");
    expect(once).toEqual(expect.arrayContaining(["--emergency", "--dry-run", "--json"]));
    expect(once).not.toContain("--env");
    expect(await answers("status", "--env", "prod", "--en")).toEqual(["--env"]);
    expect(await answers("rollback", "orders", "")).toContain("--env");
    // Its value may be left out.
    expect(await answers("rollback", "orders", "--emergency", "--js")).toEqual(["--json"]);
  });
});

/** Runs a shell with the script, as a person would have it in a start-up file. */
async function shell(command: string, args: readonly string[], script: string): Promise<readonly string[]> {
  const file = join(folder, "script");
  writeFileSync(file, script);
  const env = { PATH: `${folder}:${process.env["PATH"]}`, HOME: folder, GITOPS_CACHE_DIR: undefined };
  const { stdout, stderr } = await execa(command, [...args, file], { cwd: folder, env });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

/** Bash without any start-up file, with the words that it would hand over. */
const bash = (...words: readonly string[]) => {
  const list = words.map((word) => `'${word}'`).join(" ");
  return shell(
    "bash",
    ["--norc", "--noprofile"],
    `source <(gitops completion bash)\nset -u\ncomplete -p gitops\nCOMP_WORDS=(gitops ${list})\n` +
      `COMP_CWORD=${words.length}\n_gitops\nprintf '%s\\n' "\${COMPREPLY[@]+"\${COMPREPLY[@]}"}"\n`,
  );
};

const registered = "complete -F _gitops gitops";

describe("gitops completion bash", () => {
  test("completes in a real bash, and again after it was sourced twice", async () => {
    expect(await bash("rollback", "or")).toEqual([registered, "orders"]);
    expect(await bash("rollback", "orders", "--env", "=", "st")).toEqual([registered, "staging"]);
    expect(await bash("status", "--kubeconfig", "Pulumi.p")).toEqual([registered, "Pulumi.prod.yaml"]);
    expect(await bash("history", "orders", "--directory", "ap")).toEqual([registered, "apps"]);
  });

  test("runs nothing of what is typed", async () => {
    expect(await bash("rollback", "--reason", '"$(touch typed)', "or")).toEqual([registered, "orders"]);
    expect(existsSync(join(folder, "typed"))).toBe(false);
  });
});

/** Not on every machine; the logic behind them is that of bash. */
const installed = async (name: string): Promise<boolean> => {
  const found = (await which(name, { nothrow: true })) !== null;
  if (!found) console.warn(`skipped: ${name} is not installed here`);
  return found;
};
const [hasZsh, hasFish] = [await installed("zsh"), await installed("fish")];

describe("other shells", () => {
  (hasZsh ? test : test.skip)("zsh completes", async () => {
    const lines = await shell(
      "zsh",
      ["-f"],
      `compdef() { print -r -- "registered $*"; }\n_describe() { print -rl -- "\${(@P)2}"; }\n` +
        `source <(gitops completion zsh)\nwords=(gitops rollback or)\nCURRENT=3\n_gitops\n`,
    );
    expect(lines).toEqual(["registered _gitops gitops", "orders:orders"]);
  });

  (hasFish ? test : test.skip)("fish completes", async () => {
    const script = "gitops completion fish | source\ncomplete --do-complete 'gitops rollback or'\n";
    expect(await shell("fish", ["--no-config"], script)).toEqual(["orders"]);
  });

  test("an unknown shell is refused with those that there are", async () => {
    const { exitCode, stderr } = await gitops(folder, ["completion", "tcsh"]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("bash, zsh, fish")]);
  });
});

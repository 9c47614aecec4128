import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@jest/globals";
import { execa } from "execa";

import { root } from "../support/kustomize.ts";

import { steps } from "./support/read.ts";

const runs = steps.flatMap(([file, job, { run }]) => (run === undefined ? [] : [[file, job, run.trim()] as const]));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The help of a command, asked for once; it fails for a command that does not exist. */
const helps = new Map<string, Promise<string>>();
function help(args: readonly string[]): Promise<string> {
  const key = args.join(" ");
  const known = helps.get(key);
  if (known !== undefined) return known;
  const asked = execa(process.execPath, [...args, "--help"], { cwd: root, reject: false }).then(
    ({ stdout, exitCode }) => `${exitCode}\n${stdout}`,
  );
  helps.set(key, asked);
  return asked;
}

/** The arguments of node that run what a step runs, without its options. */
function program(words: readonly string[]): readonly string[] | undefined {
  if (words[0] !== "npx") return undefined;
  if (words[1] === "gitops") return ["cli/bin/gitops.mjs", ...words.slice(2, 3)];
  if (words[1] === "tsx") return ["--import", "tsx", ...words.slice(2, 4)];
  return undefined;
}

test.each(runs)(
  "%s, %s: `%s` is one command of this repository, with options it has",
  async (_, __, run) => {
    // One command: what joins several would hide the failure of one.
    expect(run).not.toMatch(/[;&|<>`\n]|\$\(/);
    const words = run.split(/\s+/);
    if (words[0] === "npm") {
      if (run === "npm ci") return;
      const script = words[1] === "run" ? words[2] : words[1];
      expect(Object.keys(scripts)).toContain(script);
      return;
    }
    const args = program(words);
    expect(args).toBeDefined();
    const shown = await help(args ?? []);
    expect(shown).toMatch(/^0\n/);
    const command = words[1] === "gitops" ? words[2] : words[3];
    // Not the list of all commands, which commander shows for an unknown one.
    expect(shown).toContain(`${command} [options]`);
    for (const option of run.match(/(?<= )--[\w-]+/g) ?? []) expect(shown).toContain(`${option} `);
  },
  60_000,
);

test("no step lets a value of GitHub become part of a script", () => {
  // An expression is put into the text before the shell reads it: a branch could be named `$(...)`.
  for (const [file, job, run] of runs)
    expect([file, job, run]).toEqual([file, job, expect.not.stringContaining("${{")]);
});

test("every variable of a script is quoted", () => {
  for (const [, , run] of runs) {
    for (const [variable] of run.matchAll(/.?\$\w+.?/g))
      expect([run, variable]).toEqual([run, expect.stringMatching(/^"\$\w+"$/)]);
  }
});

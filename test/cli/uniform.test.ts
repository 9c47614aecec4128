import { beforeAll, describe, expect, test } from "@jest/globals";

import { gitops, temporaryFolder } from "./plan/gitops.ts";
import type { Ran } from "./plan/gitops.ts";

const folder = temporaryFolder();
let commands: readonly string[];
let helps: readonly (Ran & { readonly name: string })[];

beforeAll(async () => {
  const { stdout } = await gitops(folder, ["complete", "--", ""]);
  commands = stdout
    .split("\n")
    .flatMap((line) => line.split("\t")[0] ?? [])
    .filter((name) => name !== "help");
  helps = await ask("--help");
});

/** What every command says of itself; one that is new is asked the same. */
const ask = (...args: readonly string[]) =>
  Promise.all(commands.map(async (name) => ({ name, ...(await gitops(folder, [name, ...args])) })));

describe("every command", () => {
  test("explains itself with examples and its exit codes", () => {
    for (const { name, stdout, stderr, exitCode } of helps) {
      expect([name, exitCode, stderr]).toEqual([name, 0, ""]);
      expect([name, stdout]).toEqual([name, expect.stringContaining("\nExamples:\n")]);
      expect([name, stdout]).toEqual([name, expect.stringMatching(/Exit codes: 0 /)]);
    }
  });

  test("has --json, where it tells a result", () => {
    // A script for a shell and a page for a person are no documents.
    const told = helps.filter(({ name }) => !["completion", "dashboard"].includes(name));
    for (const { name, stdout } of told)
      expect([name, stdout]).toEqual([name, expect.stringMatching(/--(json|format)/)]);
  });

  test("can be tried without a change, where it writes", () => {
    const writing = ["promote", "rollback", "freeze", "unfreeze", "approve"];
    const asked = helps.filter(({ name }) => writing.includes(name));
    expect(asked).toHaveLength(writing.length);
    for (const { name, stdout } of asked) expect([name, stdout]).toEqual([name, expect.stringContaining("--dry-run")]);
  });

  test("ends with 2 for an unknown option, says where help is, and prints no result", async () => {
    for (const { name, stdout, stderr, exitCode } of await ask("--nonsense")) {
      expect([name, exitCode, stdout]).toEqual([name, 2, ""]);
      expect([name, stderr]).toEqual([name, expect.stringContaining(`gitops ${name} --help`)]);
    }
  });
});

describe("gitops --help", () => {
  test("groups every command by what it is for", async () => {
    const { stdout, exitCode } = await gitops(folder, ["--help"]);
    expect(exitCode).toBe(0);
    for (const heading of ["Before a change:", "Delivery:", "What runs, and what happened:", "For automation:"]) {
      expect(stdout).toContain(`\n${heading}\n`);
    }
    for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
    // The heading of what nobody put into a group.
    expect(stdout).not.toContain("\nCommands:\n");
    expect(stdout).not.toMatch(/^ {2}complete /m);
  });

  test("an unknown command ends with 2", async () => {
    expect(await gitops(folder, ["deploy"])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("deploy") });
  });
});

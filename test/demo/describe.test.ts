import { describe, expect, test } from "@jest/globals";

import { narrator } from "../../demo/narrator.ts";
import { describeCanary } from "../../demo/observe/canary.ts";
import type { Canary } from "../../demo/observe/canary.ts";
import { follow } from "../../demo/observe/follow.ts";
import { describeUsers, usersOf } from "../../demo/observe/users.ts";
import type { Traffic } from "../../local/workloads/index.ts";

const canary = (analysis: object, status?: object): Canary =>
  ({ metadata: {}, spec: { analysis: { interval: "10s", ...analysis } }, status }) as unknown as Canary;

describe("a Canary in words", () => {
  test.each([
    [canary({}), "not looked at yet"],
    [
      canary({ maxWeight: 50 }, { phase: "Progressing", canaryWeight: 20 }),
      "Progressing, 20 % of the users on the new version",
    ],
    [
      canary({ iterations: 5 }, { phase: "Progressing", iterations: 2, failedChecks: 1 }),
      "Progressing, check 2 of 5, 1 failed check",
    ],
    [canary({}, { phase: "Failed" }), "Failed"],
  ])("%#", (given, said) => expect(describeCanary(given)).toBe(said));
});

const traffic = (requests: number, failures: number): Traffic => {
  const count = { requests, failures, slow: 0, milliseconds: 0 };
  const one = {
    ...count,
    namespace: "dev",
    application: "app",
    rate: 5,
    statuses: {},
    services: {},
    roles: { primary: count },
  };
  return { since: "2026-01-01T00:00:00Z", applications: [one] };
};

test("users are counted between two moments", () => {
  const users = usersOf(traffic(10, 1), traffic(30, 3), { namespace: "dev", name: "app" });
  expect(describeUsers(users)).toBe("20 requests of users, 2 failed (primary 20, 2 failed)");
  expect(() => usersOf(traffic(1, 0), traffic(2, 0), { namespace: "dev", name: "web" })).toThrow("dev/web");
});

test("what does not come is an error that says what was waited for, and how it was last", async () => {
  const never = follow(
    () => Promise.resolve({ phase: "Progressing" }),
    () => false,
    {
      what: "the end",
      seconds: 0,
      signal: new AbortController().signal,
    },
  );
  await expect(never).rejects.toThrow('the end: not within 0 s; it was last {"phase":"Progressing"}');
});

test("an interrupted wait ends with the interrupt's own words", async () => {
  const signal = AbortSignal.abort(new Error("interrupted by SIGINT"));
  const waiting = follow(
    () => Promise.resolve(1),
    () => false,
    { what: "x", seconds: 60, signal },
  );
  await expect(waiting).rejects.toThrow("interrupted by SIGINT");
});

test("the narrator writes plain lines where there is no terminal", () => {
  const lines: string[] = [];
  const tell = narrator((line) => lines.push(line), false);
  tell.scene("Begin");
  tell.hear("flagger", "Advance app.dev canary weight 20");
  expect(lines).toEqual(["\nBegin", "   0 s   flagger    Advance app.dev canary weight 20"]);
});

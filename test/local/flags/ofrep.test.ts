import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { FlagSets, answerOfrep } from "../../../local/flags/index.ts";

import { constant, definitions, rollout } from "./definitions.ts";

function withFlags(flags: Record<string, unknown>): FlagSets {
  const sets = new FlagSets();
  expect(sets.set("dev", "app-flags", definitions(flags))).toBeUndefined();
  return sets;
}

const single = (sets: FlagSets, key: string, context: object = {}) =>
  answerOfrep(sets, "dev", {
    method: "POST",
    url: `/ofrep/v1/evaluate/flags/${key}`,
    body: JSON.stringify({ context }),
  });
const bulk = (sets: FlagSets, context: object = {}, ifNoneMatch?: string) =>
  answerOfrep(sets, "dev", {
    method: "POST",
    url: "/ofrep/v1/evaluate/flags",
    ifNoneMatch,
    body: JSON.stringify({ context }),
  });

describe("the evaluation of one flag", () => {
  test("gives value, variant and reason", () => {
    const sets = withFlags({ a: constant({ x: 1 }), b: { ...constant("s"), metadata: { owner: "team" } } });
    expect(single(sets, "a")).toEqual({
      status: 200,
      body: { key: "a", value: { x: 1 }, variant: "only", reason: "STATIC" },
    });
    expect(single(sets, "b").body).toMatchObject({ value: "s", metadata: { owner: "team" } });
  });

  test("follows targeting by the context", () => {
    const targeting = { if: [{ ends_with: [{ var: "email" }, "@example.com"] }, "on", "off"] };
    const sets = withFlags({ a: { ...rollout(0), targeting } });
    expect(single(sets, "a", { email: "x@example.com" }).body).toMatchObject({
      value: true,
      reason: "TARGETING_MATCH",
    });
    expect(single(sets, "a", { email: "x@example.org" }).body).toMatchObject({ value: false, variant: "off" });
  });

  test("is a success without a value for a disabled flag, so that the caller's default holds", () => {
    const sets = withFlags({ a: { ...constant(1), state: "DISABLED" } });
    expect(single(sets, "a")).toEqual({ status: 200, body: { key: "a", reason: "DISABLED" } });
  });

  test("is refused with the protocol's codes", () => {
    const broken = { ...rollout(0), targeting: { if: [true, "no-such-variant"] } };
    const sets = withFlags({ broken });
    expect(single(sets, "none")).toMatchObject({ status: 404, body: { key: "none", errorCode: "FLAG_NOT_FOUND" } });
    expect(single(sets, "broken")).toMatchObject({ status: 400, body: { key: "broken", errorCode: "GENERAL" } });
    for (const body of ["{", "[]", '{"context": "x"}']) {
      const answer = answerOfrep(sets, "dev", { method: "POST", url: "/ofrep/v1/evaluate/flags/broken", body });
      expect(answer).toMatchObject({ status: 400, body: { key: "broken", errorCode: "INVALID_CONTEXT" } });
    }
    expect(answerOfrep(sets, "dev", { method: "GET", url: "/ofrep/v1/evaluate/flags/broken", body: "" }).status).toBe(
      405,
    );
    expect(answerOfrep(sets, "dev", { method: "POST", url: "/other", body: "" }).status).toBe(404);
    expect(
      answerOfrep(sets, "dev", { method: "POST", url: "/ofrep/v1/evaluate/flags/%E0%A4%A", body: "" }).status,
    ).toBe(400);
  });
});

describe("a roll-out by percentage", () => {
  const users = Array.from({ length: 1000 }, (_, index) => `user-${index}`);
  const on = (percent: number): Set<string> => {
    const sets = withFlags({ a: rollout(percent) });
    return new Set(
      users.filter((targetingKey) => (single(sets, "a", { targetingKey }).body as { value: boolean }).value),
    );
  };

  test("is nobody at 0 % and everybody at 100 %", () => {
    expect([on(0).size, on(100).size]).toEqual([0, users.length]);
  });

  test("keeps everybody who has it when it grows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (a, b) => {
        const [small, large] = [on(Math.min(a, b)), on(Math.max(a, b))];
        return [...small].every((user) => large.has(user));
      }),
      { numRuns: 15 },
    );
  });

  test("is near the percentage for many users", () => {
    // 1000 users by a fixed hash: always the same number, within 4 standard deviations of 300.
    expect(Math.abs(on(30).size - 300)).toBeLessThan(58);
  });
});

describe("the evaluation of all flags", () => {
  test("has a failure for its flag alone", () => {
    const broken = { ...rollout(0), targeting: { if: [true, "no-such-variant"] } };
    expect(bulk(withFlags({ b: broken, a: constant(1) })).body).toMatchObject({
      flags: [
        { key: "a", value: 1 },
        { key: "b", errorCode: "GENERAL" },
      ],
    });
    expect(bulk(new FlagSets()).body).toEqual({ flags: [] });
  });

  test("is not sent again to who has it, until a definition or the context is another", () => {
    const sets = withFlags({ a: constant(1) });
    const first = bulk(sets, { targetingKey: "u" });
    const etag = first.headers?.["etag"] ?? "";
    expect(first.status).toBe(200);
    for (const known of [etag, `"other", W/${etag}`, "*"])
      expect(bulk(sets, { targetingKey: "u" }, known)).toEqual({ status: 304, headers: { etag } });
    expect(bulk(sets, { targetingKey: "v" }, etag).status).toBe(200);
    sets.set("dev", "app-flags", definitions({ a: constant(2) }));
    expect(bulk(sets, { targetingKey: "u" }, etag)).toMatchObject({ status: 200, body: { flags: [{ value: 2 }] } });
  });

  test("says when the whole request is wrong", () => {
    const answer = answerOfrep(new FlagSets(), "dev", { method: "POST", url: "/ofrep/v1/evaluate/flags", body: "x" });
    expect(answer).toMatchObject({ status: 400, body: { errorCode: "INVALID_CONTEXT" } });
  });
});

import { describe, expect, test } from "@jest/globals";

import type { Canary, Phase } from "../../demo/observe/canary.ts";
import { judgementAfter } from "../../demo/observe/judgement.ts";

type Status = readonly [phase: Phase, lastAppliedSpec: string];

const canary = ([phase, lastAppliedSpec]: Status): Canary => ({
  metadata: { name: "app", namespace: "dev" },
  spec: { analysis: { interval: "10s" } },
  status: { phase, lastAppliedSpec },
});

/** What is said of each status in turn. */
function judge(before: Status, seen: readonly Status[]): readonly boolean[] {
  const isJudged = judgementAfter(canary(before));
  return seen.map((status) => isJudged(canary(status)));
}

describe("a release after one that was well", () => {
  test("is judged when its analysis is over", () => {
    const seen = [
      ["Succeeded", "1"],
      ["Progressing", "2"],
      ["Succeeded", "2"],
    ] as const;
    expect(judge(["Succeeded", "1"], seen)).toEqual([false, false, true]);
  });

  test("that fails is judged, though nobody looked while it was analysed", () => {
    expect(judge(["Succeeded", "1"], [["Failed", "2"]])).toEqual([true]);
  });
});

describe("a release after one that failed", () => {
  test("is not taken for failed while Flagger has only written down its hash", () => {
    const seen = [
      ["Failed", "1"],
      ["Failed", "2"],
      ["Progressing", "2"],
      ["Succeeded", "2"],
    ] as const;
    expect(judge(["Failed", "1"], seen)).toEqual([false, false, false, true]);
  });

  test("fails too when its own analysis does", () => {
    const seen = [
      ["Failed", "2"],
      ["Progressing", "2"],
      ["Failed", "2"],
    ] as const;
    expect(judge(["Failed", "1"], seen)).toEqual([false, false, true]);
  });

  test("is judged when it is promoted, though nobody looked while it was analysed", () => {
    expect(judge(["Failed", "1"], [["Succeeded", "2"]])).toEqual([true]);
  });
});

import { describe, expect, test } from "@jest/globals";

import { attention, counts } from "../../dashboard/logic/states.ts";

import { recordedSnapshot } from "./recorded/index.ts";

const { applications, approvals } = recordedSnapshot();

describe("what needs attention", () => {
  test("everything that is not well, the worst first", () => {
    expect(attention(applications, approvals).map(({ application }) => application.id)).toEqual([
      "prod/core-trading",
      "staging/app",
      "staging/core-trading",
      "dev/app",
    ]);
  });

  test("says why, and what a person would type", () => {
    const [failed, gate] = attention(applications, approvals);
    expect(failed?.reason).toBe("canary failed: success rate 91.20 is below 99");
    expect(failed?.approval).toBeUndefined();
    expect(gate?.reason).toBe("has passed its analysis and waits for a person to let it through");
    expect(gate?.approval?.command).toBe("gitops approve app --env staging --local");
  });

  test("says something even where the cluster gives no reason", () => {
    const silent = applications.filter(({ id }) => id === "prod/core-trading").map((one) => ({ ...one, reason: "" }));
    expect(attention(silent, []).map(({ reason }) => reason)).toEqual(["Synced, Degraded"]);
  });

  test("names the opening of what waits for its window", () => {
    const waiting = applications
      .filter(({ id }) => id === "prod/core-trading")
      .map((one) => ({ ...one, state: "waiting" as const, waitsFor: "window" as const, reason: "" }));
    expect(attention(waiting, [])[0]?.reason).toMatch(/^waits for its window; closed; opens Mon 23 Nov/);
  });

  test("counts each state, and leaves out what there is none of", () => {
    expect(counts(applications)).toEqual([
      { state: "unwell", count: 1 },
      { state: "waiting", count: 2 },
      { state: "moving", count: 1 },
      { state: "well", count: 2 },
    ]);
    expect(counts([])).toEqual([]);
  });
});

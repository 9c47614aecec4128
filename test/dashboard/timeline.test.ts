import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { closures, midnights, permission, spanOf, stretchOf, timelineRows } from "../../dashboard/logic/timeline.ts";

import { recordedSnapshot } from "./recorded/index.ts";

const snapshot = recordedSnapshot();
const now = Date.parse(snapshot.time);
const span = spanOf(now);
const hour = 3_600_000;
const at = (hours: number): string => new Date(now + hours * hour).toISOString();

describe("the timeline of windows", () => {
  test("shows seven days from now", () => {
    expect(stretchOf({ from: at(0), until: at(84) }, span)).toEqual({ start: 0, width: 50 });
    expect(stretchOf({ from: at(84), until: at(126) }, span)).toEqual({ start: 50, width: 25 });
  });

  test("cuts what began before or ends after, and leaves out what is elsewhere", () => {
    expect(stretchOf({ from: at(-24), until: at(200) }, span)).toEqual({ start: 0, width: 100 });
    expect(stretchOf({ from: at(-2), until: at(0) }, span)).toBeUndefined();
    expect(stretchOf({ from: at(168), until: at(170) }, span)).toBeUndefined();
  });

  test("whatever an interval is, its stretch stays within the line", () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 300 }), (from, length) => {
        const stretch = stretchOf({ from: at(from), until: at(from + length) }, span) ?? { start: 0, width: 0 };
        expect(stretch.start).toBeGreaterThanOrEqual(0);
        expect(stretch.start + stretch.width).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });

  test("has one line for each day that begins", () => {
    const days = midnights(span);
    expect(days).toHaveLength(7);
    expect(days.map(({ instant }) => new Date(instant).getHours())).toEqual(days.map(() => 0));
  });

  test("puts applications with the same windows on one line", () => {
    const [first] = snapshot.applications.filter(({ timeline }) => timeline.length > 0);
    const twins = first === undefined ? [] : [first, { ...first, id: "prod/twin", application: "twin" }];
    expect(timelineRows(twins).map((row) => row.applications.map(({ application }) => application))).toEqual([
      ["app", "twin"],
    ]);
    expect(timelineRows(snapshot.applications)).toHaveLength(2);
  });

  test("tells a freeze once, and not each night that is outside a window", () => {
    const rows = timelineRows(snapshot.applications);
    expect(rows.map(({ intervals }) => closures(intervals).map(({ why }) => why))).toEqual([
      ["frozen by Ada Admin: year-end closing"],
      ["frozen by Ada Admin: year-end closing"],
    ]);
  });

  test("says who gets through", () => {
    expect(permission({ automatic: true, manual: true }).kind).toBe("open");
    expect(permission({ automatic: false, manual: true }).kind).toBe("person");
    expect(permission({ automatic: false, manual: false }).word).toBe("closed");
  });
});

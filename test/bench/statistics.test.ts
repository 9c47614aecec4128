import { describe, expect, test } from "@jest/globals";

import { summarize } from "../../bench/statistics.ts";

describe("the summary of a series", () => {
  test("percentiles are values that were measured, by their nearest rank", () => {
    const seconds = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect(summarize(seconds)).toEqual({ count: 20, p50: 10, p95: 19, min: 1, max: 20 });
  });

  test("one value is all of them", () => {
    expect(summarize([1.234])).toEqual({ count: 1, p50: 1.23, p95: 1.23, min: 1.23, max: 1.23 });
  });

  test("an outlier shows in the largest, not in the middle", () => {
    expect(summarize([1, 60, 1])).toMatchObject({ p50: 1, max: 60 });
  });

  test("nothing measured is an error, never a zero", () => {
    expect(() => summarize([])).toThrow("nothing was measured");
  });
});

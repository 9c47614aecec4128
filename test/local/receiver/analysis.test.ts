import { expect, test } from "@jest/globals";

import { analysisOf } from "../../../local/receiver/analysis.ts";
import type { JournalEntry } from "../../../local/receiver/journal.ts";

const found = (time: string, text: string, canary = "app.dev"): JournalEntry => ({ what: "found", time, canary, text });
const event = { startedAt: "2026-03-02T10:00:00Z", since: "2026-03-02T10:05:00Z" };

test("what Flagger found last before the failure is the reason for it", () => {
  const journal = [
    found("2026-03-02T10:01:00.000Z", "success rate 90.00% < 99%"),
    found("2026-03-02T10:04:59.900Z", "success rate 84.62% < 99%"),
    found("2026-03-02T10:04:59.950Z", "request duration 2s > 500ms", "app.prod"),
    { what: "reported", time: "2026-03-02T10:05:00.000Z", id: "x", via: "webhook" } as const,
  ];
  expect(analysisOf(event, "app.dev", journal)).toBe("success rate 84.62% < 99%");
});

test("what it found about the release before, or the one after, is not", () => {
  const journal = [
    found("2026-03-02T09:59:59.000Z", "success rate 1.00% < 99%"),
    found("2026-03-02T10:09:00.000Z", "success rate 2.00% < 99%"),
  ];
  expect(analysisOf(event, "app.dev", journal)).toBeUndefined();
  expect(analysisOf({ startedAt: event.startedAt, since: undefined }, "app.dev", journal)).toContain("2.00%");
});

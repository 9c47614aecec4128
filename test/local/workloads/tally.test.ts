import { describe, expect, test } from "@jest/globals";

import { trafficBetween } from "../../../local/workloads/index.ts";
import type { Traffic } from "../../../local/workloads/index.ts";
import { Tally } from "../../../local/workloads/traffic/tally.ts";

const traffic = (tally: Tally, since = "2026-01-01T00:00:00.000Z"): Traffic => ({
  since,
  applications: [{ namespace: "dev", application: "app", rate: 5, ...tally.snapshot() }],
});

describe("the count of users' requests", () => {
  test("has every request once in the whole, by Service, by role and by status", () => {
    const tally = new Tally();
    tally.add({ status: 200, milliseconds: 12, service: "app-primary", role: "primary" });
    tally.add({ status: 500, milliseconds: 700, service: "app-canary", role: "canary" });
    tally.add({ status: undefined, milliseconds: 3, service: "app-canary", role: "canary" });
    tally.add({ status: 503, milliseconds: 0, service: "app-canary", role: "nobody" });
    expect(tally.snapshot()).toEqual({
      requests: 4,
      failures: 3,
      slow: 1,
      milliseconds: 715,
      statuses: { 200: 1, 500: 1, 503: 1, none: 1 },
      services: {
        "app-primary": { requests: 1, failures: 0, slow: 0, milliseconds: 12 },
        "app-canary": { requests: 3, failures: 3, slow: 1, milliseconds: 703 },
      },
      roles: {
        primary: { requests: 1, failures: 0, slow: 0, milliseconds: 12 },
        canary: { requests: 2, failures: 2, slow: 1, milliseconds: 703 },
        nobody: { requests: 1, failures: 1, slow: 0, milliseconds: 0 },
      },
    });
  });

  test("between two moments is what came in between, new Services and applications included", () => {
    const tally = new Tally();
    tally.add({ status: 200, milliseconds: 10, service: "app", role: "stable" });
    const before = traffic(tally);
    tally.add({ status: 200, milliseconds: 20, service: "app", role: "stable" });
    tally.add({ status: 502, milliseconds: 30, service: "app-canary", role: "canary" });
    const between = trafficBetween(before, traffic(tally)).applications[0];
    expect(between).toMatchObject({ namespace: "dev", application: "app", rate: 5, requests: 2, failures: 1 });
    expect(between?.services).toEqual({
      "app": { requests: 1, failures: 0, slow: 0, milliseconds: 20 },
      "app-canary": { requests: 1, failures: 1, slow: 0, milliseconds: 30 },
    });
    expect(between?.statuses).toEqual({ 200: 1, 502: 1 });
    expect(trafficBetween({ ...before, applications: [] }, before)).toEqual(before);
  });

  test("is not made up when the counting began anew in between", () => {
    const tally = new Tally();
    expect(() => trafficBetween(traffic(tally), traffic(tally, "2026-01-01T00:01:00.000Z"))).toThrow(
      "the process that counts was started anew in between",
    );
  });
});

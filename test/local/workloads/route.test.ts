import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { chooseBackend, ruleFor, specialHeaders } from "../../../local/workloads/traffic/route.ts";

import { route } from "./objects.ts";

const weighted = (primary: number, canary: number) => ({
  backendRefs: [
    { name: "app-primary", port: 9898, weight: primary },
    { name: "app-canary", port: 9898, weight: canary },
  ],
});
const get = (headers: Record<string, string> = {}, path = "/") => ({ path, method: "GET", headers });

/** What Flagger makes for an A/B test: the users with the header go to the canary, all others to the primary. */
const abTest = route([
  {
    matches: [
      { path: { type: "PathPrefix", value: "/" }, headers: [{ name: "X-Canary", type: "Exact", value: "insider" }] },
    ],
    ...weighted(0, 100),
  },
  { matches: [{ path: { type: "PathPrefix", value: "/" } }], ...weighted(100, 0) },
]);

describe("the weights of a route", () => {
  test("decide in their proportion", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (canary) => {
        // Evenly spread numbers, between the bounds: exactly `canary` of 100 must go to the canary.
        const chosen = Array.from({ length: 100 }, (_, at) =>
          chooseBackend(weighted(100 - canary, canary), (at + 0.5) / 100),
        );
        expect(chosen.filter((backend) => backend?.name === "app-canary")).toHaveLength(canary);
        expect(chosen).not.toContain(undefined);
      }),
    );
  });

  test("a backend without a weight weighs 1; none at all, or all 0, leads nowhere", () => {
    expect(chooseBackend({ backendRefs: [{ name: "a" }] }, 0.999)).toEqual({ name: "a" });
    expect(chooseBackend(weighted(0, 0), 0)).toBeUndefined();
    expect(chooseBackend({}, 0)).toBeUndefined();
  });
});

describe("the rule of a request", () => {
  test("is the one for its headers, before the one for everybody", () => {
    const backend = (headers: Record<string, string>) => {
      const rule = ruleFor(abTest, get(headers));
      return rule && chooseBackend(rule, 0.5)?.name;
    };
    expect(backend({ "x-canary": "insider" })).toBe("app-canary");
    expect(backend({ "x-canary": "outsider" })).toBe("app-primary");
    expect(backend({})).toBe("app-primary");
  });

  test("is the one with the longest path, in whole segments", () => {
    const named = (value: string, type?: "Exact") => ({
      matches: [{ path: { value, ...(type ? { type } : {}) } }],
      backendRefs: [{ name: value }],
    });
    const paths = route([named("/"), named("/api"), named("/api/v1"), named("/api/v1/x", "Exact")]);
    const chosen = (path: string) => ruleFor(paths, get({}, path))?.backendRefs?.[0]?.name;
    expect(["/", "/apix", "/api", "/api/v1/y?z=1", "/api/v1/x"].map(chosen)).toEqual([
      "/",
      "/",
      "/api",
      "/api/v1",
      "/api/v1/x",
    ]);
  });

  test("is none when nothing fits, and any for a route that asks for nothing", () => {
    expect(ruleFor(route([{ matches: [{ method: "POST" }] }]), get())).toBeUndefined();
    expect(ruleFor(route(undefined), get())).toBeUndefined();
    expect(ruleFor(route([weighted(1, 0)]), get())).toEqual(weighted(1, 0));
  });
});

describe("the users of an A/B test", () => {
  test("send what the route asks for", () => {
    expect(specialHeaders(abTest)).toEqual([{ "x-canary": "insider" }]);
    expect(specialHeaders(route([weighted(90, 10)]))).toEqual([]);
  });

  test("meet a regular expression that their value fits, and leave out one that they cannot", () => {
    const expression = (value: string) =>
      route([{ matches: [{ headers: [{ name: "cookie", type: "RegularExpression", value }] }] }]);
    expect(specialHeaders(expression("^(.*?;)?(canary=always)(;.*)?$"))).toHaveLength(1);
    expect(specialHeaders(expression("[0-9]{3}"))).toEqual([]);
  });
});

import { describe, expect, test } from "@jest/globals";

import { FlagSets } from "../../../local/flags/index.ts";

import { constant, definitions } from "./definitions.ts";

describe("the flags of the namespaces", () => {
  test("are apart from each other, and together within a namespace", () => {
    const sets = new FlagSets();
    sets.set("dev", "app-flags", definitions({ a: constant(1) }));
    sets.set("dev", "reporting-flags", definitions({ b: constant(2) }));
    sets.set("prod", "app-flags", definitions({ a: constant(3) }));
    expect([...sets.flags("dev").keys()].sort()).toEqual(["a", "b"]);
    expect([...sets.flags("prod").keys()]).toEqual(["a"]);
    expect(sets.flag("staging", "a")).toBeUndefined();
    sets.remove("dev", "reporting-flags");
    expect([...sets.flags("dev").keys()]).toEqual(["a"]);
  });

  test("of two sources with one key the first by name decides, whichever came first", () => {
    const sets = new FlagSets();
    sets.set("dev", "b-flags", definitions({ a: constant("b") }));
    sets.set("dev", "a-flags", definitions({ a: constant("a") }));
    expect(sets.flag("dev", "a")?.variants.get("only")).toBe("a");
    expect(sets.flags("dev").get("a")?.variants.get("only")).toBe("a");
  });

  test.each([
    ["no JSON", "{"],
    ["a default that is no variant", definitions({ a: { ...constant(1), defaultVariant: "other" } })],
    ["a state that there is not", definitions({ a: { ...constant(1), state: "MAYBE" } })],
  ])("that cannot be understood (%s) leave the last good ones, and are reported", (_, bad) => {
    const sets = new FlagSets();
    expect(sets.set("dev", "app-flags", bad)).toMatchObject({
      namespace: "dev",
      source: "app-flags",
      message: expect.stringContaining("it has no flags yet"),
    });
    expect(sets.set("dev", "app-flags", definitions({ a: constant(1) }))).toBeUndefined();
    const version = sets.version("dev");
    expect(sets.set("dev", "app-flags", bad)?.message).toContain("its last good definitions stay");
    expect(sets.flag("dev", "a")).toBeDefined();
    expect(sets.version("dev")).toBe(version);
  });
});

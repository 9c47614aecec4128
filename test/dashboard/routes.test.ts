import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { applicationHash, hashOf, parseRoute } from "../../dashboard/logic/routes.ts";

describe("the address of a view", () => {
  test.each([
    ["", "overview"],
    ["#/", "overview"],
    ["#/windows", "windows"],
    ["#/nothing/there", "overview"],
    ["#/applications", "overview"],
  ])("%j is the view %j", (hash, view) => expect(parseRoute(hash).view).toBe(view));

  test("names an application, its environment and a deployment", () => {
    expect(parseRoute("#/applications/app/prod/3f2a91c")).toEqual({
      view: "application",
      application: "app",
      environment: "prod",
      revision: "3f2a91c",
    });
    expect(parseRoute("#/applications/app")).toMatchObject({ environment: undefined, revision: undefined });
  });

  test("leads back to the view that it was made of, whatever its name", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (application) => {
        const hash = applicationHash(application, "prod");
        expect(parseRoute(hash)).toMatchObject({ application, environment: "prod" });
        expect(hashOf(parseRoute(hash))).toBe(hash);
      }),
    );
  });

  test("does not fail on one that somebody broke", () => {
    expect(parseRoute("#/applications/%E0%A4%A")).toMatchObject({ application: "%E0%A4%A" });
  });
});

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { areaOf } from "../../../../cli/review/history/area.ts";
import { failureKind } from "../../../../cli/review/history/failure-kind.ts";
import { failuresOf } from "../../../../cli/review/history/failures.ts";
import { makeRepository } from "../repository.ts";
import type { Repository } from "../repository.ts";

describe("failures in Git", () => {
  let repository: Repository;
  const find = (files: readonly string[], days = 180, base = "HEAD") =>
    failuresOf({ directory: repository.directory, base, files, days, signal: new AbortController().signal });

  beforeAll(async () => {
    repository = await makeRepository();
    const file = "apps/app/base/deployment.yaml";
    await repository.commit({ message: "Fix the probe", files: { [file]: "0" }, days: 300 });
    await repository.commit({ message: "Raise memory", files: { [file]: "1" }, days: 50 });
    await repository.commit({
      message: "Go back\n\nThe canary failed.\n\nRolled-back-from: 0123abcd",
      files: { [file]: "2", "apps/reporting/base/deployment.yaml": "2" },
      days: 40,
    });
    await repository.commit({ message: "Fix typo", files: { "apps/app/README.md": "3" }, days: 30 });
    await repository.commit({ message: "Fix the probe", files: { "infra/cluster/eks.ts": "4" }, days: 20 });
    await repository.commit({ message: "Fix the probe again", files: { [file]: "5" }, days: 10 });
  });
  afterAll(() => repository.remove());

  test("are those of the same application, within the time, with their age", async () => {
    const found = await find(["apps/app/overlays/prod/kustomization.yaml"]);
    expect(found.map(({ kind, subject, area }) => [kind, subject, area])).toEqual([
      ["fix", "Fix the probe again", "apps/app"],
      ["rollback", "Go back", "apps/app"],
    ]);
    expect(found[0]?.days).toBeCloseTo(10, 1);
    expect(found[1]?.days).toBeCloseTo(40, 1);
  });

  test("are counted once for each area that the change and the commit share", async () => {
    const found = await find(["apps/app/base/deployment.yaml", "apps/reporting/base/deployment.yaml"]);
    expect(found.filter(({ kind }) => kind === "rollback").map(({ area }) => area)).toEqual([
      "apps/app",
      "apps/reporting",
    ]);
  });

  test("of the change itself are none", async () => {
    expect(await find(["apps/app/base/deployment.yaml"], 180, "HEAD~1")).toHaveLength(1);
  });

  test("are not looked for where nothing runs", async () => {
    expect(await find(["README.md", "test/apps/app.test.ts"])).toEqual([]);
  });
});

test.each([
  ["Go back\n\nRolled-back-from: 0123abcd", "rollback"],
  ["Roll back to 6.13.0", "rollback"],
  ["Raise memory\n\nAfter the incident of Monday", "incident"],
  ['Revert "Raise memory"', "revert"],
  ["fix(app): probe", "fix"],
  ["fix: probe", "fix"],
  ["Hotfix for the probe", "fix"],
  ["Use fixed ports", undefined],
  ["Add a prefix", undefined],
] as const)("%j tells of %s", (message, kind) => {
  expect(failureKind(message)).toBe(kind);
});

test.each([
  ["apps/app/overlays/prod/kustomization.yaml", "apps/app"],
  ["apps/components/service/service.yaml", "apps/components/service"],
  ["infra/cluster/eks.ts", "infra/cluster"],
  ["Pulumi.prod.yaml", "Pulumi.prod.yaml"],
  ["apps/README.md", undefined],
  ["test/infra/cluster/cidr.test.ts", undefined],
] as const)("the area of %s is %s", (file, area) => {
  expect(areaOf(file)).toBe(area);
});

import { describe, expect, test } from "@jest/globals";

import { parseImage } from "../../../../cli/review/change/image.ts";

describe("image references", () => {
  test.each([
    ["podinfo", { repository: "podinfo" }],
    ["podinfo:6.13.0", { repository: "podinfo", tag: "6.13.0" }],
    ["127.0.0.1:5000/team/podinfo", { repository: "127.0.0.1:5000/team/podinfo" }],
    ["127.0.0.1:5000/team/podinfo:6", { repository: "127.0.0.1:5000/team/podinfo", tag: "6" }],
    [`podinfo:6@sha256:${"a".repeat(64)}`, { repository: "podinfo", tag: "6" }],
    [`podinfo@sha256:${"a".repeat(64)}`, { repository: "podinfo" }],
  ])("%s", (reference, parts) => {
    expect(parseImage(reference)).toEqual(parts);
  });
});

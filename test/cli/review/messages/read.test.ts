import { describe, expect, test } from "@jest/globals";

import { readMessage } from "../../../../cli/review/messages/read.ts";

const signalsOf = (message: string) => readMessage(message).map(({ signal }) => signal);

describe("what a message says", () => {
  test.each([
    ["WIP: new values", "wip"],
    ["Try larger nodes\n\nThis is work in progress.", "wip"],
    ["Do not merge: try larger nodes", "wip"],
    ["fixup! Raise the memory", "wip"],
    ["Hotfix: raise the memory", "hotfix"],
    ["Raise the memory urgently", "hotfix"],
    ["Raise the memory ASAP", "hotfix"],
    ["feat(api)!: rename the endpoint", "breaking"],
    ["Rename the endpoint\n\nBREAKING CHANGE: clients must use /v2", "breaking"],
    ["Rename the endpoint. This breaks all clients of v1", "breaking"],
    ["Breaking change of the schema", "breaking"],
    ["Move to an incompatible schema", "breaking"],
    ['Revert "Raise the memory"\n\nThis reverts commit 0123456789abcdef.', "revert"],
    ["Roll back to 6.13.0", "revert"],
    ["Reverted the new values", "revert"],
  ] as const)("%j is %s", (message, signal) => {
    expect(signalsOf(message)).toContain(signal);
  });

  test.each([
    ["This is no hotfix, it was tested for a week", "hotfix"],
    ["Rename a label, which is not a breaking change", "breaking"],
    ["This does not break clients", "breaking"],
    ["Break long lines", "breaking"],
    ["Keep the old image so that a revert is easy", "revert"],
    ["Show the progress of work", "wip"],
  ] as const)("%j is not %s", (message, signal) => {
    expect(signalsOf(message)).not.toContain(signal);
  });

  test("the words it was read from are named", () => {
    expect(readMessage("Hotfix: raise the memory because of the load")).toEqual([
      { signal: "hotfix", words: 'says "Hotfix"' },
    ]);
  });
});

describe("a reason", () => {
  test.each([
    "Raise the memory because caches have grown",
    "Update podinfo to 6.13.1 to close a hole",
    "Update podinfo (CVE-2026-1234)",
    "Raise the memory, see #12",
    "Remove the ingress, which nobody uses",
    "Raise the memory\n\nCaches grow with the number of instruments.",
  ])("%j has one", (message) => {
    expect(signalsOf(message)).not.toContain("reason");
  });

  test.each([
    "bump",
    "Raise memory (#12)",
    "",
    "Update podinfo to 6.13.1",
    "Raise memory\n\nSigned-off-by: A <a@example.com>",
  ])("%j has none", (message) => {
    expect(signalsOf(message)).toContain("reason");
  });
});

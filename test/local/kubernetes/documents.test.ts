import { describe, expect, test } from "@jest/globals";

import { parseObjects } from "../../../local/kubernetes/documents.ts";

describe("reading objects", () => {
  test("gives every document, and skips empty ones", () => {
    const text = "---\nkind: One\n---\n---\nkind: Two\n";
    expect(parseObjects(text, "file").map(({ kind }) => kind)).toEqual(["One", "Two"]);
  });

  test("refuses a text that it would have to guess at, and names the file", () => {
    // The second line of a quoted text must be further to the right than its key.
    const text = "a:\n  description: 'one: two\n  three: four'\n";
    expect(() => parseObjects(text, "some/crd.yaml")).toThrow(/^some\/crd\.yaml: /);
  });
});

import { describe, expect, test } from "@jest/globals";

import { filesOfDiff, patchLines } from "../../dashboard/logic/patch.ts";

const difference = `diff --git a/apps/app/one.yaml b/apps/app/one.yaml
index 1111111..2222222 100644
--- a/apps/app/one.yaml
+++ b/apps/app/one.yaml
@@ -3,3 +3,4 @@ images:
 name: app
-tag: 1.0.0
+tag: 1.1.0
+extra: yes
\\ No newline at end of file
diff --git a/two.txt b/two.txt
--- a/two.txt
+++ b/two.txt
@@ -1 +1 @@
-a
+b
`;

describe("a difference", () => {
  test("is told file by file", () => {
    expect(filesOfDiff(difference).map(({ path }) => path)).toEqual(["apps/app/one.yaml", "two.txt"]);
    expect(filesOfDiff("")).toEqual([]);
  });

  test("has lines with their numbers before and after, and no heading of Git", () => {
    const lines = patchLines(filesOfDiff(difference)[0]?.patch ?? "");
    expect(lines.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ["hunk", null, null],
      ["same", 3, 3],
      ["removed", 4, null],
      ["added", null, 4],
      ["added", null, 5],
      ["hunk", null, null],
    ]);
  });

  test("keeps the signs that say what a line is without its colour", () => {
    expect(patchLines("@@ -1 +1 @@\n-a\n+b\n").map(({ text }) => text)).toEqual(["@@ -1 +1 @@", "-a", "+b"]);
  });
});

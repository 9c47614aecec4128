import { expect, test } from "@jest/globals";

import { parseReceived } from "../../../local/git/received.ts";

const [zero, one, two] = ["0", "1", "2"].map((digit) => digit.repeat(40)) as [string, string, string];

test("branches are read from a hook's input, deletions marked, the rest left out", () => {
  const lines = [
    `${one} ${two} refs/heads/develop`,
    `${one} ${zero} refs/heads/feature/a`,
    `${zero} ${one} refs/tags/v1`,
    "nonsense",
    "",
  ];
  expect(parseReceived(lines.join("\n"))).toEqual([
    { branch: "develop", commit: two, deleted: false },
    { branch: "feature/a", commit: zero, deleted: true },
  ]);
});

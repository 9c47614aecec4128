import { afterEach, expect, test } from "@jest/globals";

import { palette } from "../../../cli/plan/output/palette.ts";

const { NO_COLOR: before } = process.env;
afterEach(() => {
  if (before === undefined) delete process.env["NO_COLOR"];
  else process.env["NO_COLOR"] = before;
});

test.each([
  ["a terminal", true, undefined, true],
  ["a terminal with NO_COLOR", true, "1", false],
  ["a terminal with an empty NO_COLOR, which counts as none", true, "", true],
  ["a pipe or a file", false, undefined, false],
])("%s: colour or not", (_, terminal, noColor, expected) => {
  if (noColor === undefined) delete process.env["NO_COLOR"];
  else process.env["NO_COLOR"] = noColor;
  process.env["TERM"] = "xterm";
  expect(palette(terminal).red("x").includes("\u001b[")).toBe(expected);
});

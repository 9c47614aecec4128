import { readFile } from "node:fs/promises";

import { expect, test } from "@jest/globals";

import { domains } from "../../policies/policies.ts";

test("the README has every policy with its severity and references", async () => {
  const readme = await readFile(new URL("../../policies/README.md", import.meta.url), "utf8");
  const rows = Object.entries(domains).flatMap(([domain, policies]) =>
    policies.map(({ name, severity, description, references }) => {
      const controls = references.map((one) => `${one.name.replace(/ .*/, "")} ${one.reference}`).join("; ");
      return ["", domain, `\`${name}\``, severity, description, controls, ""];
    }),
  );
  const found = readme
    .split("\n")
    .filter((line) => line.startsWith("| ") && line.includes("`"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  expect(found).toEqual(rows);
});

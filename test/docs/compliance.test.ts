import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";

import { policyName } from "../../infra/compliance/admission/rule.ts";
import { controls } from "../../infra/compliance/controls.ts";
import { ocmPolicyName } from "../../infra/compliance/ocm/names.ts";
import { images } from "../../infra/versions.ts";

const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "compliance.md"), "utf8");

describe("docs/compliance.md", () => {
  test("has every control with what enforces it, as the table of the program", () => {
    const [, section = ""] = text.split("## Controls\n");
    const shown = (section.split("\n## ")[0] ?? "")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const code = (name: string) => `\`${name}\``;
    const rows = controls.map(({ id, severity, title, references, enforcedBy: { crossGuard, admission, ocm } }) => [
      "",
      code(id),
      severity,
      title,
      references.map(({ name, reference }) => `${name.replace(/ .*/, "")} ${reference}`).join("; "),
      crossGuard.map(code).join(", ") || "-",
      admission === undefined ? "-" : code(policyName({ name: admission })),
      ocm === undefined ? "-" : `${code(ocmPolicyName(id))} (${ocm})`,
      "",
    ]);
    expect(shown).toEqual(rows);
  });

  test("claims to have run the version of the controller that is pinned", () => {
    expect(text).toContain(`config-policy-controller ${images.ocmConfigPolicy.tag} built from its source`);
  });
});

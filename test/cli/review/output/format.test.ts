import { createRequire } from "node:module";

import { describe, expect, test } from "@jest/globals";
import draft4 from "ajv-draft-04";
import { createColors } from "picocolors";

import { assess } from "../../../../cli/review/assess.ts";
import { reviewJson } from "../../../../cli/review/output/json.ts";
import { reviewMarkdown } from "../../../../cli/review/output/markdown.ts";
import { reviewSarif } from "../../../../cli/review/output/sarif.ts";
import { reviewText } from "../../../../cli/review/output/text.ts";
import { applicationExamples } from "../calibration/applications.ts";
import { platformExamples } from "../calibration/platform.ts";
import { processExamples } from "../calibration/process.ts";

const examples = [...applicationExamples, ...platformExamples, ...processExamples];
const plainColours = createColors(false);

// Published with Microsoft's SARIF SDK for JavaScript. Formats (uri, date-time) are left out: ajv has
// none by itself. One of its patterns is no valid one in Unicode mode.
const schema = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as object;
const validate = new draft4.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

const hostile = assess({
  objects: [],
  files: ["policies/a b%.ts"],
  commits: [{ hash: "0", message: "Hotfix <img src=x onerror=1> @everyone [x](http://e.vil) \u001b[2J | --> x" }],
  failures: [],
  violations: [
    { policy: "p", enforcement: "mandatory", resource: "urn:pulumi:prod::g::t::n", message: "| ![x](http://e.vil)" },
    { policy: "q", enforcement: "advisory", resource: "apps/app/overlays/dev: Deployment/app", message: "m" },
  ],
});

describe("SARIF", () => {
  test.each(examples)("of $name is valid", ({ change }) => {
    validate(reviewSarif(assess(change)));
    expect(validate.errors).toBeNull();
  });

  test("points at the files behind resources, with paths encoded", () => {
    const log = reviewSarif(hostile);
    validate(log);
    expect(validate.errors).toBeNull();
    const text = JSON.stringify(log);
    expect(text).toContain('"uri":"Pulumi.prod.yaml"');
    expect(text).toContain('"uri":"apps/app/overlays/dev/kustomization.yaml"');
    expect(text).toContain('"uri":"policies/a%20b%25.ts"');
  });
});

describe("text", () => {
  test.each(examples)("of $name shows every part and why it counts", ({ change }) => {
    const assessment = assess(change);
    const text = reviewText(assessment, plainColours);
    for (const { weight, reason } of assessment.parts) {
      expect(text).toContain(weight);
      expect(text).toContain(reason);
    }
    expect(text).toContain(assessment.approve ? "approved" : "rejected");
  });

  test("has no control characters of others", () => {
    expect(reviewText(hostile, plainColours)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    expect(reviewText(hostile, createColors(true))).not.toContain("\u001b[2J");
  });
});

describe("Markdown", () => {
  test("begins with the marker by which a workflow finds its comment", () => {
    expect(reviewMarkdown(hostile)).toMatch(/^<!-- gitops-review -->\n### Risk 0\.\d\d/);
  });

  test("shows the text of others as text", () => {
    const [, ...lines] = reviewMarkdown(hostile).split("\n");
    const text = lines.join("\n");
    expect(text).not.toMatch(/<\w|@everyone|\]\(|http:\/\/|\u001b|-->/);
    for (const row of lines.filter((line) => line.startsWith("|"))) expect(row.split("|")).toHaveLength(6);
  });

  test("is no longer than a comment may be", () => {
    const violation = { policy: "p", enforcement: "mandatory", message: "m".repeat(1_000) } as const;
    const change = { objects: [], files: [], commits: [], failures: [], violations: Array(200).fill(violation) };
    const text = reviewMarkdown(assess(change));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/more lines; see --json\n$/);
  });
});

test("JSON has what the interface promises", () => {
  expect(JSON.parse(JSON.stringify(reviewJson(hostile)))).toMatchObject({
    schemaVersion: 1,
    approve: false,
    risk: expect.any(Number),
    comments: expect.arrayContaining([expect.objectContaining({ rule: "policy/p", level: "error" })]),
  });
});

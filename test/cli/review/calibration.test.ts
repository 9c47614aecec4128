import { describe, expect, test } from "@jest/globals";

import { assess } from "../../../cli/review/assess.ts";

import { applicationExamples } from "./calibration/applications.ts";
import { platformExamples } from "./calibration/platform.ts";
import { processExamples } from "./calibration/process.ts";

const examples = [...applicationExamples, ...platformExamples, ...processExamples];

describe("what experienced engineers say of a change", () => {
  test("at least thirty examples, of both verdicts and all bands", () => {
    expect(examples.length).toBeGreaterThanOrEqual(30);
    expect(new Set(examples.map(({ approve }) => approve)).size).toBe(2);
    expect(new Set(examples.map(({ band }) => band)).size).toBe(4);
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
  });

  test.each(examples)("$name", ({ change, approve, band }) => {
    const assessment = assess(change);
    expect({
      approve: assessment.approve,
      band: assessment.band,
      risk: assessment.risk,
      parts: assessment.parts.map(({ weight, points }) => [weight, points]),
    }).toMatchObject({ approve, band });
  });
});

import { describe, expect, test } from "@jest/globals";

import { adviserFrom } from "../../../../cli/review/advice/from-environment.ts";

const good = { GITOPS_REVIEW_PROVIDER: "openai", GITOPS_REVIEW_MODEL: "m", OPENAI_API_KEY: "k" };

describe("the model of the environment", () => {
  test("is named", () => {
    expect(adviserFrom(good).name).toBe("openai m");
    expect(adviserFrom({ ...good, GITOPS_REVIEW_PROVIDER: "anthropic", ANTHROPIC_API_KEY: "k" }).name).toBe(
      "anthropic m",
    );
  });

  test("of one's own machine needs no key", () => {
    const keyless = { ...good, OPENAI_API_KEY: undefined };
    expect(adviserFrom({ ...keyless, OPENAI_BASE_URL: "http://127.0.0.1:8080/v1/" }).name).toBe("openai m");
    expect(() => adviserFrom(keyless)).toThrow("OPENAI_API_KEY is not set");
  });

  test.each([
    [{ GITOPS_REVIEW_PROVIDER: undefined }, "GITOPS_REVIEW_PROVIDER is not set"],
    [
      { GITOPS_REVIEW_PROVIDER: "toString" },
      'GITOPS_REVIEW_PROVIDER "toString": is not known; give openai or anthropic',
    ],
    [{ GITOPS_REVIEW_MODEL: "" }, "GITOPS_REVIEW_MODEL is not set"],
    [{ OPENAI_BASE_URL: "http://models.example.com" }, "give an https:// address"],
    [{ OPENAI_BASE_URL: "nonsense" }, 'OPENAI_BASE_URL "nonsense"'],
  ])("%j is refused", (wrong, words) => {
    expect(() => adviserFrom({ ...good, ...wrong })).toThrow(words);
  });
});

import { describe, expect, test } from "@jest/globals";

import { imageVersion } from "../../dashboard/logic/images.ts";
import { ago, span } from "../../dashboard/logic/times.ts";

describe("times", () => {
  test.each([
    [-5, "0 s"],
    [42_000, "42 s"],
    [90_000, "1 min 30 s"],
    [600_000, "10 min"],
    [5_400_000, "1 h 30 min"],
    [7_200_000, "2 h"],
    [183_600_000, "2 d 3 h"],
  ])("%d ms are %s", (milliseconds, words) => expect(span(milliseconds)).toBe(words));

  test.each([
    [20_000, "just now"],
    [180_000, "3 min ago"],
    [47 * 3_600_000, "47 h ago"],
    [72 * 3_600_000, "3 d ago"],
  ])("%d ms back is %s", (milliseconds, words) => {
    const now = Date.UTC(2026, 0, 1);
    expect(ago(new Date(now - milliseconds).toISOString(), now)).toBe(words);
  });
});

describe("the version of an image", () => {
  test.each([
    ["registry.example:5000/app:1.2.3", "1.2.3"],
    ["registry.example/app:1.2.3@sha256:0123456789abcdef", "1.2.3"],
    ["registry.example/app@sha256:0123456789abcdef0123", "sha256:0123456789ab"],
    ["registry.example:5000/app", "registry.example:5000/app"],
  ])("%s is %s", (image, version) => expect(imageVersion(image)).toBe(version));
});

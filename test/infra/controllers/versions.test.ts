import { describe, expect, test } from "@jest/globals";

import { charts, images } from "../../../infra/versions.ts";

describe("versions", () => {
  test.each(Object.entries(charts))("of the chart %s is exact, from a repository of its own project", (_, chart) => {
    expect(chart.version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(chart.repository).toMatch(/^(https|oci):\/\/[^*]+$/);
  });

  test.each(Object.entries(images))("of the image %s is exact, with its registry", (_, image) => {
    expect(image.tag).toMatch(/^v?\d+\.\d+\.\d+(-rootless)?$/);
    expect(image.repository).toMatch(/^[a-z0-9.-]+\.[a-z]+\/.+[^:]$/);
  });
});

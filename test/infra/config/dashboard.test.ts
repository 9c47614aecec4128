import { describe, expect, test } from "@jest/globals";

import { parsed, problemsWith } from "./happy-path.ts";
import type { Changes } from "./happy-path.ts";

const image = `registry.example.com:5000/gitops-dashboard:1@sha256:${"ab".repeat(32)}`;
const ingress = { className: "nginx", namespace: "ingress", annotations: { "example.com/sign-in": "on" } };
const dashboard = { enabled: true, host: "dashboard.example.com", image, ingress };

const missing = "missing; allowed: a value, because enabled is true; add it or set enabled to false";

const bad: readonly (readonly [name: string, changes: Changes, problems: readonly RegExp[]])[] = [
  [
    "a page without host, image and ingress",
    { dashboard: { enabled: true } },
    ["host", "image", "ingress"].map((key) => new RegExp(`^dashboard\\.${key}: ${missing}$`)),
  ],
  [
    "settings of a page that is off",
    { dashboard: { host: dashboard.host } },
    [/^dashboard\.host: has no effect; allowed: only with enabled: true; remove it or add enabled: true$/],
  ],
  [
    "an image that can become another one",
    { dashboard: { ...dashboard, image: "registry.example.com/gitops-dashboard:1.0.0" } },
    [/^dashboard\.image: "registry.*" is not an image with its digest; allowed: .*@sha256:/],
  ],
  [
    "an ingress that signs nobody in",
    { dashboard: { ...dashboard, ingress: { ...ingress, annotations: {} } } },
    [/^dashboard\.ingress\.annotations: empty; allowed: the annotations by which .* signs people in/],
  ],
  [
    "an environment in the namespace of the page",
    { delivery: { dev: { namespace: "gitops-dashboard" } } },
    [/"gitops-dashboard" belongs to the cluster or to a controller/],
  ],
];

describe("dashboard", () => {
  test("is off, and may be on", () => {
    expect(parsed().dashboard).toEqual({ enabled: false });
    expect(parsed({ dashboard }).dashboard).toEqual(dashboard);
  });

  test.each(bad)("refuses %s", (_name, changes, problems) => {
    const found = problemsWith(changes);
    expect(found).toHaveLength(problems.length);
    for (const [index, words] of problems.entries()) expect(found[index]).toMatch(words);
  });
});

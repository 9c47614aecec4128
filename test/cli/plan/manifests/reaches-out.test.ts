import { describe, expect, test } from "@jest/globals";

import { reachesOut } from "../../../../cli/plan/manifests/reaches-out.ts";

const path = "web/overlays/dev/kustomization.yaml";

describe("a kustomization that reaches out of apps/ is not cached", () => {
  test.each([
    ["a resource on the network", "resources: [https://example.com/x.yaml]"],
    ["a Git address", "resources:\n- git@example.com:team/repo"],
    ["a Git host without a scheme", "components: [github.com/team/repo//base?ref=v1]"],
    ["a folder above", "resources: [../../../../infra/x.yaml]"],
    ["a chart", "helmCharts: [{ name: web }]"],
    ["a patch from the network", "patches: [{ path: https://example.com/patch.yaml }]"],
    ["a generator's file on the network", "configMapGenerator: [{ name: a, files: [x=https://example.com/x] }]"],
    ["a plugin", "generators: [plugins/secret.yaml]"],
  ])("%s", (_, text) => expect(reachesOut(path, text)).toBe(true));
});

describe("a kustomization that stays below apps/ is cached", () => {
  test.each([
    ["a base and components", "resources: [../../base]\ncomponents: [../../../components/canary]"],
    [
      "an address in the text of a patch",
      "patches:\n- target: { kind: Canary }\n  patch: |-\n    - { op: add, path: /spec/x, value: 'http://gate.example/check' }",
    ],
    ["an address in a literal", "configMapGenerator: [{ name: a, literals: ['url=https://example.com'] }]"],
    ["an address in a comment", "# see https://example.com\nresources: [a.yaml]"],
  ])("%s", (_, text) => expect(reachesOut(path, text)).toBe(false));
});

import { describe, expect, test } from "@jest/globals";

import { apiFindings } from "../../../cli/upgrade-check/apis.ts";
import { compatibility } from "../../../cli/upgrade-check/compatibility.ts";
import type { Compatibility } from "../../../cli/upgrade-check/compatibility.ts";
import { controllerFindings } from "../../../cli/upgrade-check/controllers.ts";
import { crdFindings } from "../../../cli/upgrade-check/crds.ts";
import { eksFindings } from "../../../cli/upgrade-check/eks.ts";
import type { Definition, Facts, Finding } from "../../../cli/upgrade-check/model.ts";
import { removedApis } from "../../../cli/upgrade-check/removed-apis.ts";
import { skewFindings } from "../../../cli/upgrade-check/skew.ts";
import { readVersion, versionOption } from "../../../cli/upgrade-check/version.ts";
import type { KubernetesVersion } from "../../../cli/upgrade-check/version.ts";
import { kubernetesReleases } from "../../../infra/cluster/versions.ts";
import { charts } from "../../../infra/versions.ts";

const to = (version: string): KubernetesVersion => versionOption("--to", version);
const levels = (findings: readonly Finding[]): readonly string[] => findings.map(({ level }) => level);

describe("a version", () => {
  test("is read with and without a patch and a build", () => {
    expect(readVersion("v1.36.3-eks-1a2b3c")).toEqual({ text: "1.36.3-eks-1a2b3c", minor: 36 });
    expect(readVersion("1.35")?.minor).toBe(35);
    expect(readVersion("kwok-v0.8.0")).toBeUndefined();
    expect(() => to("2.0")).toThrow('--to "2.0": no Kubernetes version; give for example 1.36');
  });
});

describe("version skew", () => {
  const facts = { subject: "here", from: "v1.35.4", nodes: [], kubectl: undefined } as unknown as Facts;
  const node = (version: string): Facts => ({ ...facts, nodes: [{ name: "one", version }] });

  test.each([
    ["1.35", "fine"],
    ["1.36", "fine"],
    ["1.37", "blocking"],
    ["1.34", "blocking"],
  ])("of the control plane from 1.35 to %s is %s", (version, level) => {
    expect(levels(skewFindings(facts, to(version)))).toEqual([level]);
  });

  test("says which minor comes first", () => {
    const [finding] = skewFindings(facts, to("1.39"));
    expect(finding).toMatchObject({ what: "1.35.4 to 1.39 skips 3 of the minors", allowed: "1.36" });
    expect(finding?.mend).toContain("--to 1.36");
  });

  test.each([
    // Three minors older than what the control plane becomes, never newer than what it is.
    ["v1.33.9", "fine"],
    ["v1.32.1", "blocking"],
    ["v1.36.0", "blocking"],
    ["kwok-v0.8.0", "unknown"],
  ])("of a node of %s while 1.35 becomes 1.36 is %s", (version, level) => {
    expect(levels(skewFindings(node(version), to("1.36"))).slice(1)).toEqual([level]);
  });

  test("of kubectl is one minor either way, and stops nothing", () => {
    const kubectl = (version: string) => levels(skewFindings({ ...facts, kubectl: version }, to("1.36"))).slice(1);
    expect([kubectl("v1.35.0"), kubectl("v1.37.0"), kubectl("v1.34.0")]).toEqual([["fine"], ["fine"], ["warning"]]);
  });
});

describe("API versions", () => {
  const object = (apiVersion: string, kind: string) => ({ where: "apps/a", apiVersion, kind, name: "x" });

  test("block where they are gone, and warn before that, with what to write", () => {
    const capacity = object("storage.k8s.io/v1beta1", "VolumeAttributesClass");
    const [warning] = apiFindings([capacity], to("1.36"));
    expect(warning).toMatchObject({ level: "warning", where: "apps/a: VolumeAttributesClass/x" });
    expect(warning?.what).toContain("goes in 1.37");
    const [blocking] = apiFindings([capacity], to("1.37"));
    expect(blocking).toMatchObject({ level: "blocking", allowed: "storage.k8s.io/v1" });
  });

  test("are fine when nobody takes them away, and unknown beyond what was read", () => {
    const deployment = object("apps/v1", "Deployment");
    expect(levels(apiFindings([deployment], to("1.36")))).toEqual(["fine"]);
    expect(levels(apiFindings([deployment], to("1.38")))).toEqual(["fine", "unknown"]);
  });

  test("are deprecated before they go, in the order of the table", () => {
    for (const { apiVersion, deprecated, removed } of removedApis) {
      expect([apiVersion, deprecated < removed]).toEqual([apiVersion, true]);
    }
    const removals = removedApis.map(({ removed }) => removed);
    expect(removals).toEqual([...removals].sort((a, b) => a - b));
  });
});

describe("stored definitions", () => {
  const definition = (versions: readonly string[], storedVersions: readonly string[]): Definition => ({
    metadata: { name: "things.example.com" },
    spec: { versions: versions.map((name, index) => ({ name, served: true, storage: index === 0 })) },
    status: { storedVersions },
  });

  test("are fine with one stored version, and a warning with an old one", () => {
    expect(levels(crdFindings([definition(["v1"], ["v1"])], []))).toEqual(["fine"]);
    const [finding] = crdFindings([definition(["v1", "v1beta1"], ["v1beta1", "v1"])], []);
    expect(finding).toMatchObject({ level: "warning", allowed: "v1 alone" });
  });

  test("block when the new definition has a stored version no more", () => {
    const now = definition(["v1", "v1beta1"], ["v1beta1", "v1"]);
    const [finding] = crdFindings([now], [definition(["v1"], [])]);
    expect(finding).toMatchObject({ level: "blocking", what: "stores v1beta1, which the new definition has no more" });
  });

  test("warn of served versions that are deprecated", () => {
    const now = definition(["v1"], ["v1"]);
    const spec = {
      versions: [...now.spec.versions, { name: "v1beta1", served: true, storage: false, deprecated: true }],
    };
    expect(crdFindings([{ ...now, spec }], [])).toMatchObject([{ level: "warning", allowed: "v1" }]);
  });
});

describe("controllers", () => {
  const chart = { chart: "c", repository: "r", version: "1.0.0" };
  const entry: Compatibility = {
    claim: "tested",
    chart: "1.0.0",
    release: "C 1",
    least: 33,
    greatest: 35,
    source: "somewhere",
  };
  const judge = (one: Compatibility | undefined, version: string) =>
    levels(controllerFindings({ c: chart }, one === undefined ? {} : { c: one }, to(version)));

  test("of infra/versions.ts all have an entry: a source, or that there is none", () => {
    expect(Object.keys(charts).filter((name) => compatibility[name] === undefined)).toEqual([]);
  });

  test("are fine only where a source names the minor, for the chart that is installed", () => {
    expect(judge(entry, "1.35")).toEqual(["fine"]);
    expect(judge(entry, "1.36")).toEqual(["warning"]);
    expect(judge({ ...entry, chart: "0.9.0" }, "1.35")).toEqual(["unknown"]);
    expect(judge({ claim: "unknown", reason: "none" }, "1.35")).toEqual(["unknown"]);
    expect(judge(undefined, "1.35")).toEqual(["unknown"]);
  });
});

describe("EKS", () => {
  test("blocks where no add-on builds are known, and warns past standard support", () => {
    expect(levels(eksFindings(to("1.99"), "2026-11-23"))).toEqual(["blocking"]);
    const end = kubernetesReleases["1.35"].endOfStandardSupport;
    expect(levels(eksFindings(to("1.35"), "2026-11-23"))).toEqual(["fine", "fine"]);
    expect(levels(eksFindings(to("1.35"), end))).toEqual(["fine", "warning"]);
    const releases = { "1.35": { addOns: {}, endOfStandardSupport: undefined } };
    expect(levels(eksFindings(to("1.35"), end, releases))).toEqual(["fine", "unknown"]);
  });
});

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { parse, stringify } from "yaml";

import { environments } from "../../infra/environments.ts";
import { kustomize, render, root } from "../support/kustomize.ts";

import { applications, renderOverlays, workload } from "./overlays.ts";

interface Kustomization {
  readonly namespace: string;
  readonly components: readonly string[];
  readonly configMapGenerator?: readonly unknown[];
  readonly images: readonly { readonly name: string; readonly newTag: string }[];
  readonly patches: readonly { readonly patch: string; readonly target: { readonly kind: string } }[];
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: unknown;
}

const overlays = await renderOverlays();
const bases = Object.fromEntries(
  await Promise.all(applications.map(async (name) => [name, await render(`apps/${name}/base`)] as const)),
);
const scratch = mkdtempSync(join(tmpdir(), "overlays-"));
cpSync(join(root, "apps"), scratch, { recursive: true });
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Kinds that the components of an overlay bring or change, and the Deployment with its tag. */
const added = ["Canary", "ConfigMap", "Deployment", "NetworkPolicy", "ScaledObject"];

const read = (path: string) => readFileSync(join(root, path, "kustomization.yaml"), "utf8");

describe.each(overlays)("$path", ({ application, environment, path, manifests }) => {
  const kustomization = parse(read(path)) as Kustomization;

  const flagged = existsSync(join(root, path, "flags.json"));

  test("is one file of at most 45 lines, and one with flags: namespace, components, tag and patches", () => {
    expect(readdirSync(join(root, path))).toEqual(
      flagged ? ["flags.json", "kustomization.yaml"] : ["kustomization.yaml"],
    );
    expect(read(path).trimEnd().split("\n").length).toBeLessThanOrEqual(45);
    expect(kustomization).toEqual({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      namespace: environments[environment].namespace,
      resources: ["../../base"],
      components: expect.any(Array),
      ...(flagged ? { configMapGenerator: expect.any(Array) } : {}),
      images: [{ name: "ghcr.io/stefanprodan/podinfo", newTag: expect.stringMatching(/^\d+\.\d+\.\d+$/) }],
      patches: expect.any(Array),
    });
  });

  test("names its environment first, which the commands and queries of the other components need", () => {
    const [first, second, ...others] = kustomization.components.map((component) =>
      component.slice("../../../components/".length),
    );
    expect(first).toBe(`environments/${environment}`);
    expect(second).toMatch(/^canary\/(weighted|ab-test|blue-green)$/);
    for (const other of others) expect(["canary/gate", "autoscaling"]).toContain(other);
  });

  test("replaces only values that the base and the components have otherwise", async () => {
    const folder = join(scratch, application, "overlays", `${environment}-unpatched`);
    cpSync(join(root, path), folder, { recursive: true });
    writeFileSync(join(folder, "kustomization.yaml"), stringify({ ...kustomization, patches: [] }));
    const unpatched = await render(folder);
    for (const { patch, target } of kustomization.patches) {
      const original = unpatched.find(({ kind }) => kind === target.kind);
      for (const { op, path: pointer, value } of parse(patch) as readonly Operation[]) {
        expect(op).toBe("replace");
        const before = pointer
          .split("/")
          .slice(1)
          .reduce<unknown>((at, key) => (at as never)[key], original);
        expect(before).toBeDefined();
        expect(value).not.toEqual(before);
      }
    }
  });

  test("is otherwise the base, with what the components add", () => {
    const patched = new Set(kustomization.patches.map(({ target }) => target.kind));
    for (const manifest of manifests.filter(({ kind }) => !patched.has(kind) && !added.includes(kind))) {
      const base = bases[application]?.find(({ kind }) => kind === manifest.kind);
      const { namespace } = manifest.metadata;
      expect(base).toBeDefined();
      expect(manifest).toEqual({ ...base, metadata: { ...base?.metadata, namespace } });
    }
  });

  test("changes in one line when a release sets its tag", async () => {
    const folder = join(scratch, application, "overlays", environment);
    await execa(await kustomize(), ["edit", "set", "image", "ghcr.io/stefanprodan/podinfo:99.0.1"], { cwd: folder });
    const before = read(path).split("\n");
    const after = readFileSync(join(folder, "kustomization.yaml"), "utf8").split("\n");
    expect(after).toHaveLength(before.length);
    const changed = after.filter((line, index) => line !== before[index]);
    expect(changed).toEqual(["  newTag: 99.0.1"]);
    expect(workload({ path: folder, manifests: await render(folder) }).container.image).toMatch(/:99\.0\.1$/);
  });
});

test("every base uses the same shared components, and copies none of them", () => {
  for (const application of applications) {
    expect(readdirSync(join(root, "apps", application)).sort()).toEqual(["base", "overlays"]);
    expect(readdirSync(join(root, "apps", application, "base")).sort()).toEqual([
      "deployment.yaml",
      "kustomization.yaml",
    ]);
    const base = parse(read(`apps/${application}/base`)) as { components: string[] };
    const flags = existsSync(join(root, "apps", application, "overlays/dev/flags.json")) ? ["feature-flags"] : [];
    expect(base.components).toEqual(
      ["workload", "network-policy", "ingress", ...flags].map((name) => `../../components/${name}`),
    );
  }
});

test.each(applications)("no environment of %s runs a newer version than the one before it", (application) => {
  const [dev, staging, prod] = ["dev", "staging", "prod"].map((environment) => {
    const found = overlays.find(
      (overlay) => overlay.application === application && overlay.environment === environment,
    );
    if (found === undefined) throw new Error(`no ${environment} overlay`);
    return workload(found).container.image?.split(":")[1] ?? "";
  });
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  expect(compare(dev ?? "", staging ?? "")).toBeGreaterThanOrEqual(0);
  expect(compare(staging ?? "", prod ?? "")).toBeGreaterThanOrEqual(0);
});

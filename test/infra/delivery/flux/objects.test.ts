import { describe, expect, test } from "@jest/globals";

import { fluxSchema } from "../../../../infra/config/gitops.ts";
import { appProjectSpec } from "../../../../infra/delivery/app-project.ts";
import { applierRules } from "../../../../infra/delivery/applier-rules.ts";
import { gitRepositorySpec } from "../../../../infra/delivery/flux/git-repository.ts";
import { kustomizationSpec } from "../../../../infra/delivery/flux/kustomization.ts";
import { resourceOf } from "../../../../infra/delivery/kinds.ts";
import { afterClose, application, calendar, groups, prod, repository } from "../environments.ts";

const flux = fluxSchema.parse({});
const app = application("app");

describe("a GitRepository", () => {
  const spec = gitRepositorySpec(prod(app), repository, flux);

  test("follows the environment's branch, and asks as often and as long as configured", () => {
    expect(spec).toMatchObject({ url: repository, ref: { branch: "main" }, interval: "1m", timeout: "20s" });
    expect(spec).not.toHaveProperty("secretRef");
    const own = fluxSchema.parse({ interval: "5m", timeout: "1m30s", credentials: "key" });
    expect(gitRepositorySpec(prod(app), repository, own)).toMatchObject({
      interval: "5m",
      timeout: "1m30s",
      secretRef: { name: "key" },
    });
  });

  test("leaves out documentation, and still what Flux leaves out by itself", () => {
    const ignored = spec.ignore?.split("\n") ?? [];
    expect(ignored).toEqual(expect.arrayContaining(["/docs/", "*.md", ".git/", ".github/", "*.zip", "**/.sops.yaml"]));
    expect(ignored.filter((line) => line.startsWith("!") || /^(\/?apps|\*|\/)$/.test(line))).toEqual([]);
  });
});

describe("a Kustomization", () => {
  const trading = application("core-trading");
  const specOf = (one = app, config = flux) => kustomizationSpec(prod(app, trading), one, config);

  test("applies an overlay into the environment's namespace, as the environment's account", () => {
    expect(specOf()).toMatchObject({
      sourceRef: { kind: "GitRepository", name: "platform" },
      path: "./apps/app/overlays/prod",
      targetNamespace: "prod",
      serviceAccountName: "gitops-reconciler",
      prune: true,
      wait: true,
    });
  });

  test("is suspended when a person approves, and only then", () => {
    expect(specOf(application("app", { kind: "manual" }))).toMatchObject({ suspend: true });
    expect(specOf()).not.toHaveProperty("suspend");
  });

  test("waits for the applications that it needs, as far as the environment has them", () => {
    const config = fluxSchema.parse({ dependsOn: { "core-trading": ["app", "risk-control"] } });
    expect(specOf(trading, config).dependsOn).toEqual([{ name: "app-prod" }]);
    expect(specOf(app, config)).not.toHaveProperty("dependsOn");
  });

  test("judges what Flagger and KEDA own", () => {
    const judged = specOf().healthCheckExprs?.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    expect(judged).toEqual(["flagger.app/v1beta1 Canary", "keda.sh/v1alpha1 ScaledObject"]);
  });

  test("cannot have windows", () => {
    const windows = application("app", { kind: "windows", windows: [afterClose] });
    expect(() => specOf(windows)).toThrow('Flux has no sync windows ("windows")');
  });
});

test("the account may write the kinds of the AppProject, and no other", () => {
  const rules = applierRules();
  const writing = rules.filter(({ verbs }) => verbs.includes("create"));
  const allowed = writing.flatMap(({ apiGroups, resources }) => resources.map((one) => `${apiGroups[0]}/${one}`));
  const project = appProjectSpec(prod(app), repository, groups, calendar);
  const wanted = project.namespaceResourceWhitelist?.map(
    ({ group, kind }) => `${group}/${resourceOf[kind as keyof typeof resourceOf]}`,
  );
  expect(allowed.sort()).toEqual(wanted?.sort());
  const looking = rules.filter((rule) => !writing.includes(rule));
  expect(looking.flatMap(({ verbs }) => verbs)).not.toContain("delete");
  expect(rules.flatMap(({ resources }) => resources)).not.toContain("secrets");
});

import { describe, expect, test } from "@jest/globals";

import { applicationSpec } from "../../../infra/delivery/application.ts";
import { deliveryEnvironments } from "../../../infra/delivery/environment.ts";

import { afterClose, application, prod, repository } from "./environments.ts";

const specOf = (one = application("app")) => applicationSpec(prod(one), one, repository);
const automated = { prune: true, selfHeal: true };

describe("an Application", () => {
  test("follows its overlay on the environment's branch into the environment's namespace", () => {
    const spec = specOf();
    expect(spec.project).toBe("prod");
    expect(spec.source).toEqual({ repoURL: repository, targetRevision: "main", path: "apps/app/overlays/prod" });
    expect(spec.destination).toEqual({ server: "https://kubernetes.default.svc", namespace: "prod" });
  });

  test("is automated when it is continuous", () => {
    expect(specOf().syncPolicy?.automated).toEqual(automated);
  });

  test("is automated within windows: a window only restricts automation", () => {
    const windows = application("core-trading", { kind: "windows", windows: [afterClose] });
    expect(specOf(windows).syncPolicy?.automated).toEqual(automated);
  });

  test("has no automation at all when it is manual", () => {
    expect(specOf(application("app", { kind: "manual" })).syncPolicy).not.toHaveProperty("automated");
  });

  test.each(["continuous", "manual"] as const)(
    "tries again with back-off and leaves the namespace alone: %s",
    (kind) => {
      const policy = specOf(application("app", { kind })).syncPolicy;
      expect(policy?.retry).toEqual({ limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } });
      expect(policy?.syncOptions).toContain("RespectIgnoreDifferences=true");
      expect(policy?.syncOptions?.filter((option) => /CreateNamespace|Replace|Validate=false/.test(option))).toEqual(
        [],
      );
    },
  );

  test("leaves to Flagger and KEDA what they write", () => {
    expect(specOf().ignoreDifferences).toEqual([
      { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] },
      {
        group: "autoscaling",
        kind: "HorizontalPodAutoscaler",
        jsonPointers: ["/spec/minReplicas", "/spec/maxReplicas"],
      },
      {
        group: "keda.sh",
        kind: "ScaledObject",
        jqPathExpressions: [
          '.metadata.annotations."autoscaling.keda.sh/paused-replicas"',
          '.metadata.annotations."autoscaling.keda.sh/paused"',
        ],
      },
    ]);
  });
});

describe("the environments of a stack", () => {
  const deployments = (["dev", "staging", "prod"] as const).map((environment) => ({
    application: "app",
    environment,
    path: `apps/app/overlays/${environment}`,
    onFailure: { kind: "rollback" } as const,
    flags: false,
    sync: environment === "prod" ? ({ kind: "windows", windows: [afterClose] } as const) : undefined,
  }));
  const summary = (all: ReturnType<typeof deliveryEnvironments>) =>
    all.map(({ name, branch, namespace, applications }) => [
      name,
      branch,
      namespace,
      ...applications.map((one) => `${one.name} ${one.sync.kind}`),
    ]);

  test("have their own branch, namespace and way to sync", () => {
    expect(summary(deliveryEnvironments(["dev", "staging", "prod"], {}, deployments))).toEqual([
      ["dev", "develop", "dev", "app-dev continuous"],
      ["staging", "release", "staging", "app-staging manual"],
      ["prod", "main", "prod", "app-prod windows"],
    ]);
  });

  test("take the stack's differences; an application's own strategy is the last word", () => {
    const overrides = {
      dev: { branch: "main", namespace: "team-a-dev", sync: "manual" },
      prod: { sync: "manual" },
    } as const;
    expect(summary(deliveryEnvironments(["dev", "prod"], overrides, deployments))).toEqual([
      ["dev", "main", "team-a-dev", "app-dev manual"],
      ["prod", "main", "prod", "app-prod windows"],
    ]);
  });
});

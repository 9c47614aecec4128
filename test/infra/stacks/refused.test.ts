import { describe, expect, test } from "@jest/globals";

import { secret } from "../../../rehearsal/index.ts";

import { recordingTimeout, recordStack } from "./stack.ts";

describe("the program", () => {
  test(
    "refuses a wrong configuration with one error that lists everything, before it declares anything",
    async () => {
      const config = { "controllers": "flux", "environments": ["dev", "qa"], "gitops-platform:surprise": "1" };
      await expect(recordStack("dev", config)).rejects.toMatchObject({
        name: "Error",
        message: [
          "the stack's configuration has 3 problems:",
          '  environments[1]: "qa" is unknown; allowed: "dev", "staging", "prod"; choose one of these',
          '  controllers: "flux" is unknown; allowed: "helm", "preinstalled"; choose one of these',
          "  surprise: unknown key; allowed: environments, repository, cluster, controllers, gitops, flux, argocd, clusters, certManager, prometheus, alerts, applications, delivery, previews, dashboard, ci, compliance, groups, tags; remove or rename it",
        ].join("\n"),
      });
    },
    recordingTimeout,
  );

  test(
    "refuses an application that has no folder",
    async () => {
      await expect(recordStack("dev", { applications: [{ name: "payments" }] })).rejects.toThrow(
        [
          "the applications has 1 problem:",
          '  applications[0].name: "payments" has no folder under apps/; allowed: app, core-trading, reporting, risk-control; add apps/payments or remove the entry',
        ].join("\n"),
      );
    },
    recordingTimeout,
  );

  test(
    "keeps the secrets of a stack secret on their way into Argo CD",
    async () => {
      const stack = await recordStack("dev", {
        argocd: { host: "argocd.example.com", oidc: { issuer: "https://login.example.com", clientId: "gitops" } },
        argocdWebhookSecret: secret("hush-webhook"),
        argocdOidcClientSecret: secret("hush-client"),
      });
      const [argocd] = stack.all("kubernetes:core/v1:Secret");
      expect(argocd?.secretInputs.join()).toContain("stringData");
      const others = stack.resources.filter((resource) => resource !== argocd);
      expect(JSON.stringify(others)).not.toMatch(/hush/);
      expect(JSON.stringify(stack.recording.outputs)).not.toMatch(/hush/);
      expect(stack.recording.outputs).toMatchObject({
        argocdUrl: "https://argocd.example.com",
        argocdLogin: "argocd login argocd.example.com --sso",
      });
    },
    recordingTimeout,
  );
});

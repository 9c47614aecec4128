import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import { Provider } from "@pulumi/kubernetes/provider.js";

import { createAlertProvider } from "../../../infra/delivery/alerts.ts";
import type { Alerts } from "../../../infra/delivery/alerts.ts";
import { record } from "../../../rehearsal/index.ts";

import { prod } from "./environments.ts";

const alertsOf = async (alerts: Alerts) => {
  const { resources } = await record({
    stack: "prod",
    project: join(import.meta.dirname, "..", "..", ".."),
    stackFile: false,
    program: () => {
      createAlertProvider(prod(), alerts, { provider: new Provider("cluster") });
      return {};
    },
  });
  return resources.filter(({ type }) => type !== "pulumi:providers:kubernetes");
};

describe("the AlertProvider of an environment", () => {
  test("is there without an address too, and tells nobody: a missing one is an error in Flagger's log", async () => {
    const objects = await alertsOf({ config: { type: "slack" } });
    expect(objects.map(({ inputs }) => inputs["kind"])).toEqual(["AlertProvider"]);
    // The schema asks for one of address and secretRef (artifacts/flagger/crd.yaml).
    expect(objects[0]?.inputs).toMatchObject({
      metadata: { name: "platform", namespace: "prod" },
      spec: { type: "slack", address: "" },
    });
  });

  test("has an address in a Secret alone", async () => {
    const objects = await alertsOf({ config: { type: "slack" }, address: "https://chat.example.com/x" });
    const provider = objects.find(({ inputs }) => inputs["kind"] === "AlertProvider");
    expect(provider?.inputs["spec"]).toEqual({ type: "slack", secretRef: { name: "release-alerts" } });
    expect(objects.map(({ type }) => type)).toContain("kubernetes:core/v1:Secret");
  });
});

import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

import { dispatchAddress, notifications, notificationsData } from "../../../infra/controllers/argocd/notifications.ts";

const settings = notifications("http://127.0.0.1:1/reports");
const data = notificationsData(settings, "https://argocd.example.com");

interface Trigger {
  readonly when: string;
  readonly oncePer: string;
  readonly send: readonly string[];
}

describe("argocd-notifications-cm", () => {
  test("subscribes every application of an environment, and no preview, by triggers and templates that are there", () => {
    expect(parse(data["subscriptions"] ?? "")).toEqual([
      {
        recipients: ["on-failure"],
        triggers: ["on-deployed", "on-failure-degraded", "on-failure-healthy"],
        selector: "gitops.platform/environment",
      },
    ]);
    for (const name of ["on-failure-degraded", "on-failure-healthy"]) {
      const [trigger] = parse(data[`trigger.${name}`] ?? "") as readonly Trigger[];
      expect(trigger?.oncePer).toBe("app.status?.operationState?.syncResult?.revision");
      expect(trigger?.when).toContain("lastTransitionTime");
      for (const template of trigger?.send ?? []) expect(data).toHaveProperty([`template.${template}`]);
    }
  });

  test("names the token and never holds it", () => {
    const service = parse(data["service.webhook.on-failure"] ?? "") as { readonly headers: readonly object[] };
    expect(service.headers).toContainEqual({ name: "Authorization", value: "Bearer $on-failure-token" });
  });

  test("posts what GitHub takes: one top-level field of at most ten", () => {
    const template = parse(data["template.on-failure-degraded"] ?? "") as {
      readonly webhook: { readonly "on-failure": { readonly method: string; readonly body: string } };
    };
    const { method, body } = template.webhook["on-failure"];
    expect(method).toBe("POST");
    expect(body).toContain('dict "event_type" "argocd-application" "client_payload" (dict "event" $event) | toJson');
    // Every brace that opens closes: Go refuses the whole ConfigMap otherwise.
    expect(body.split("{{")).toHaveLength(body.split("}}").length);
  });
});

describe("the address of a dispatch", () => {
  test.each([
    ["https://github.com/example/platform.git", "https://api.github.com/repos/example/platform/dispatches"],
    ["https://github.com/example/platform", "https://api.github.com/repos/example/platform/dispatches"],
    ["git@github.com:example/platform.git", "https://api.github.com/repos/example/platform/dispatches"],
    ["ssh://git@github.com/example/platform.git", "https://api.github.com/repos/example/platform/dispatches"],
    ["https://git.example.com/team/p.git", "https://git.example.com/api/v3/repos/team/p/dispatches"],
    ["https://example.com/a/b/c.git", undefined],
    ["file:///tmp/platform.git", undefined],
  ])("of %s", (repository, address) => {
    expect(dispatchAddress(repository)).toBe(address);
  });
});

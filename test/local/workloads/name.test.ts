import { describe, expect, test } from "@jest/globals";

import { serviceName } from "../../../local/workloads/network/index.ts";

describe("the name of a Service", () => {
  test.each([
    ["app", "dev"],
    ["app.dev", undefined],
    ["app.dev.svc", "other"],
    ["app.dev.svc.cluster.local", undefined],
    ["APP.dev.svc.cluster.local.", undefined],
  ])("%s asked for in namespace %s is app in dev", (host, caller) => {
    expect(serviceName(host, 9898, caller)).toEqual({ namespace: "dev", name: "app", port: 9898 });
  });

  test("a short name needs the caller's namespace, and the message says how to give it", () => {
    expect(() => serviceName("app", 80, undefined)).toThrow(
      'host "app": a name without a namespace, and the caller did not say its own; use "app.<namespace>"',
    );
  });

  test.each(["example.com.evil", "app.dev.pod.cluster.local", "127.0.0.1", "[::1]", "a_b", ""])(
    "%p is none: the proxy leads nowhere else",
    (host) => {
      expect(() => serviceName(host, 80, "dev")).toThrow(`host "${host}": not the name of a Service`);
    },
  );
});

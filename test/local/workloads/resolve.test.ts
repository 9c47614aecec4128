import { describe, expect, test } from "@jest/globals";

import type { Service } from "../../../local/workloads/cluster/objects.ts";
import { endpointsOf } from "../../../local/workloads/network/index.ts";
import type { ServingPod } from "../../../local/workloads/pods/serving-pod.ts";

import { byKey, pod, service, serving } from "./objects.ts";

const app = { namespace: "dev", name: "app", port: 9898 };
const primary = { "app.kubernetes.io/name": "app-primary" };

function network(services: readonly Service[], processes: readonly ServingPod[]) {
  return { services: byKey(...services), processes: () => processes };
}

describe("the endpoints of a Service", () => {
  test("are the ready pods that its selector means, and no others", () => {
    const processes = [
      serving(pod("a"), 1001),
      serving(pod("b", primary), 1002),
      serving(pod("unready"), 1003, { serves: false }),
      serving({ ...pod("c"), metadata: { ...pod("c").metadata, namespace: "prod" } }, 1004),
    ];
    const ports = (name: string) =>
      endpointsOf(network([service("app", "app-primary"), service("app-canary", "app")], processes), {
        ...app,
        name,
      }).map(({ port }) => port);
    expect(ports("app")).toEqual([1002]);
    expect(ports("app-canary")).toEqual([1001]);
  });

  test("is the port of a program on this machine for an ExternalName of localhost", () => {
    const external = service("app", "", {
      type: "ExternalName",
      externalName: "localhost",
      selector: undefined,
      ports: [{ port: 9898, targetPort: 20123 }],
    });
    expect(endpointsOf(network([external], []), app)).toEqual([{ port: 20123, process: undefined }]);
  });

  test.each<[string, readonly Service[], readonly ServingPod[], number, string]>([
    ["no Service", [], [], 502, 'service "app" in namespace "dev": there is no such Service'],
    ["another port", [service("app", "app", { ports: [{ port: 80 }] })], [], 502, "no port 9898; its ports are 80"],
    ["nobody ready", [service("app")], [serving(pod("a"), 1, { serves: false })], 503, "none of its 1 pods"],
    [
      "a port of nobody",
      [service("app", "app", { ports: [{ port: 9898, targetPort: "grpc" }] })],
      [serving(pod("a"), 1)],
      502,
      'port 9898 leads to "grpc"',
    ],
    [
      "another machine",
      [service("app", "", { type: "ExternalName", externalName: "example.com" })],
      [],
      502,
      'leads to "example.com"',
    ],
    ["no selector", [service("app", "", { selector: {} })], [], 502, "it selects no pods"],
  ])("are refused in words: %s", (_, services, processes, status, message) => {
    const ask = () => endpointsOf(network(services, processes), app);
    expect(ask).toThrow(message);
    expect(ask).toThrow(expect.objectContaining({ status }));
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { flaggerValues } from "../../../infra/controllers/flagger-values.ts";
import { stackProfile } from "../../../infra/environments.ts";
import type { FlaggerTools } from "../../../local/flagger/index.ts";
import { flagger, loadtester } from "../../../local/flagger/processes.ts";
import { ownRules } from "../../../local/flagger/rights.ts";
import { layout, prepareLayout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import type { ProcessSpec } from "../../../local/processes/index.ts";

const tools = { flagger: { path: "/tools/flagger" }, loadtester: { path: "/tools/loadtester" } } as FlaggerTools;
const settings = flaggerValues(stackProfile(["dev", "prod"]), "http://127.0.0.1:9");
let paths: Layout;

beforeAll(async () => {
  paths = layout(await mkdtemp(join(tmpdir(), "gitops-flagger-")));
  await prepareLayout(paths);
});
afterAll(() => rm(paths.directory, { recursive: true, force: true }));

const both = async (): Promise<ProcessSpec[]> => [
  await flagger(paths, tools, "https://127.0.0.1:1", settings),
  await loadtester(paths, tools),
];

describe("Flagger's rights", () => {
  const verbs = ["get", "update"];

  test("keep what is used here, and drop meshes, ingress controllers and the leader election", () => {
    const rules = [
      { apiGroups: [""], resources: ["services"], verbs },
      { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs },
      { apiGroups: ["networking.istio.io"], resources: ["virtualservices"], verbs },
      { apiGroups: ["gateway.networking.k8s.io"], resources: ["httproutes"], verbs },
      { nonResourceURLs: ["/version"], verbs: ["get"] },
    ];
    expect(ownRules(rules)).toEqual([rules[0], rules[3], rules[4]]);
  });

  test("keep of a rule for several groups those that are used", () => {
    const rule = { apiGroups: ["extensions", "apps", "*"], resources: ["deployments"], verbs };
    expect(ownRules([rule])).toEqual([{ ...rule, apiGroups: ["apps"] }]);
  });
});

describe("the processes", () => {
  test("Flagger runs with the values that the chart would get", async () => {
    const [{ args } = { args: [] }] = await both();
    expect(args).toEqual(
      expect.arrayContaining([
        "-mesh-provider=kubernetes",
        "-metrics-server=http://127.0.0.1:9",
        "-no-cross-namespace-refs=true",
      ]),
    );
  });

  test("reach names of Services through the service network, as a pod of their namespace, and the rest directly", async () => {
    for (const { env } of await both()) {
      expect(new URL(env?.["HTTP_PROXY"] ?? "")).toMatchObject({ username: "flagger-system", hostname: "127.0.0.1" });
      expect(env?.["http_proxy"]).toBe(env?.["HTTP_PROXY"]);
      expect(env?.["NO_PROXY"]?.split(",")).toContain("127.0.0.1");
    }
  });

  test("restart with what they read, have no secret on the command line, and are the same when asked for again", async () => {
    const plain = (all: ProcessSpec[]): unknown => all.map(({ ready: _, ...rest }) => rest);
    const specs = await both();
    expect(plain(await both())).toEqual(plain(specs));
    expect(specs[0]?.files).toEqual([join(paths.flagger, "flagger.kubeconfig")]);
    expect(specs.flatMap(({ args }) => args).join(" ")).not.toMatch(/PRIVATE KEY|token|insecure/);
  });

  test("the load tester, which runs commands, has no access to the API", async () => {
    const [, { args, env } = { args: [], env: {} }] = await both();
    expect([...args, ...Object.keys(env ?? {})].filter((word) => /kubeconfig/i.test(word))).toEqual([]);
  });
});

import { describe, expect, test } from "@jest/globals";

import { chainsConfig } from "../../../infra/ci/tekton/chains.ts";
import type { TaskSpec } from "../../../infra/crds/tekton.ts";

import { objectsOf, ofKind, platform, tektonConfig } from "./tekton-objects.ts";

const tasks = Object.fromEntries(ofKind<TaskSpec>("Task").map(({ name, spec }) => [name, spec]));
const { base, config, release } = objectsOf();
const run = (ofKind<{ resourcetemplates: { metadata: object; spec: Record<string, unknown> }[] }>("TriggerTemplate")[0]
  ?.spec.resourcetemplates ?? [])[0];

describe("what runs", () => {
  test.each(Object.entries(tasks))("%s names exact images, says what it needs, and is never root", (_name, task) => {
    expect(task.steps.length).toBeGreaterThan(0);
    for (const step of task.steps) {
      expect(step.image).toMatch(/@sha256:[0-9a-f]{64}$|:v\d+\.\d+\.\d+(-rootless)?$/);
      expect(step.computeResources).toMatchObject({ requests: { memory: expect.any(String) }, limits: {} });
      expect(step.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    }
  });

  test("is unconfined where BuildKit runs, and nowhere else", () => {
    const unconfined = Object.values(tasks)
      .flatMap(({ steps }) => steps)
      .filter(({ securityContext }) => JSON.stringify(securityContext).includes("Unconfined"));
    expect(unconfined.map(({ command }) => command)).toEqual([["buildctl-daemonless.sh"], ["buildctl-daemonless.sh"]]);
    expect(JSON.stringify(release)).not.toContain('"privileged":true');
  });

  test("gets credentials only where it needs them; the tests get none", () => {
    const given = Object.entries(tasks).map(([name, { workspaces }]) => [
      name,
      workspaces.map((one) => one.name).filter((one) => one !== "work"),
    ]);
    expect(Object.fromEntries(given)).toEqual({
      "release-checkout": ["git"],
      "release-plan": [],
      "release-test": [],
      "release-image": ["registry"],
      "release-sign": ["registry"],
      "release-overlay": ["git"],
    });
  });

  test("hands no parameter to a shell", () => {
    const scripts = Object.values(tasks).flatMap(({ steps }) => steps.map(({ script }) => script ?? ""));
    expect(scripts.filter((script) => script.includes("$(params."))).toEqual([]);
    const shells = Object.values(tasks).flatMap(({ steps }) => steps.filter(({ command }) => command?.[0] === "sh"));
    expect(shells).toEqual([]);
  });

  test("signs before it writes, and builds after the tests", () => {
    const [pipeline] = ofKind<{ tasks: { name: string; runAfter?: string[]; params: { value: string }[] }[] }>(
      "Pipeline",
    );
    const before = (name: string): string[] => {
      const task = pipeline?.spec.tasks.find((one) => one.name === name);
      const results = task?.params.flatMap(({ value }) => /tasks\.(\w+)\.results/.exec(value)?.[1] ?? []) ?? [];
      const direct = [...(task?.runAfter ?? []), ...results];
      return [...new Set([...direct, ...direct.flatMap(before)])].sort();
    };
    expect(before("image")).toEqual(["checkout", "plan", "test"]);
    expect(before("overlay")).toEqual(["checkout", "image", "plan", "sign", "test"]);
  });

  test("runs as an account without rights or token, and signs as one of its own", () => {
    expect(run?.metadata).toMatchObject({ namespace: "ci" });
    expect(run?.spec).toMatchObject({
      taskRunTemplate: { serviceAccountName: "release", podTemplate: { automountServiceAccountToken: false } },
      taskRunSpecs: [{ pipelineTaskName: "sign", serviceAccountName: "release-sign" }],
      params: expect.arrayContaining([{ name: "platform", value: platform }]),
    });
    const bound = base.filter(({ kind }) => kind.endsWith("Binding")).map((one) => JSON.stringify(one));
    expect(bound.filter((one) => /"name":"release/.test(one))).toEqual([]);
  });
});

describe("a webhook", () => {
  interface Trigger {
    readonly interceptors: { ref: { name: string }; params: { name: string; value: unknown }[] }[];
    readonly bindings: object[];
  }
  const [trigger] = ofKind<Trigger>("Trigger");

  test("is checked for its signature first, then for repository, branch and commit", () => {
    expect(trigger?.spec.interceptors.map(({ ref }) => ref.name)).toEqual(["github", "cel"]);
    expect(trigger?.spec.interceptors[0]?.params).toEqual([
      { name: "secretRef", value: { secretName: "github-webhook", secretKey: "secret" } },
      { name: "eventTypes", value: ["push"] },
    ]);
    expect(trigger?.spec.interceptors[1]?.params[0]?.value).toBe(
      'body.repository.clone_url == "https://github.com/example/risk-control.git" && body.ref == "refs/heads/main" && ' +
        "body.deleted == false && body.after.matches('^[0-9a-f]{40}$')",
    );
  });

  test("starts a release of its own application, on the branch of its environment", () => {
    expect(trigger?.spec.bindings).toContainEqual({ name: "application", value: "risk-control" });
    expect(trigger?.spec.bindings).toContainEqual({ name: "branch", value: "develop" });
  });

  test("is received by an account that reads no Secret and makes nothing but runs", () => {
    const roles = base.filter(({ kind }) => /Role$/.test(kind)) as unknown as {
      metadata: { namespace?: string };
      rules: { resources: string[]; verbs: string[] }[];
    }[];
    const rules = roles.flatMap(({ rules: given }) => given);
    expect(rules.flatMap(({ resources }) => resources)).not.toContain("secrets");
    const writing = roles.flatMap(({ metadata, rules: given }) =>
      given
        .filter(({ verbs }) => verbs.some((verb) => !["get", "list", "watch"].includes(verb)))
        .map(({ resources, verbs }) => [metadata.namespace, resources, verbs]),
    );
    expect(writing).toEqual([
      ["ci-webhooks", ["events"], ["create", "patch"]],
      ["ci", ["pipelineruns"], ["create"]],
    ]);
  });

  test("reaches it from the ingress controller alone", () => {
    const allowed = base.filter(({ kind }) => kind === "NetworkPolicy") as unknown as {
      metadata: { name: string; namespace: string };
      spec: { ingress?: { from?: object[] }[] };
    }[];
    const closed = allowed.filter(({ metadata }) => metadata.name === "default-deny");
    expect(closed.map(({ metadata }) => metadata.namespace)).toEqual(["ci", "ci-webhooks", "tekton-operator"]);
    const webhooks = allowed.find(({ metadata }) => metadata.name === "webhooks");
    expect(webhooks?.spec.ingress?.flatMap(({ from }) => from)).toEqual([
      { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } },
    ]);
    expect(
      allowed.filter(({ metadata }) => metadata.namespace === "ci").flatMap(({ spec }) => spec.ingress ?? []),
    ).toEqual([]);
  });
});

describe("Tekton's own configuration", () => {
  test("signs provenance with the key, and keeps runs by number and age", () => {
    const spec = config.spec as Readonly<Record<string, unknown>>;
    expect(spec["chain"]).toEqual(chainsConfig(tektonConfig().key));
    expect(spec["chain"]).toMatchObject({
      "artifacts.taskrun.format": "slsa/v2alpha4",
      "artifacts.pipelinerun.storage": "oci",
      "signers.kms.kmsref": expect.stringMatching(/^awskms:/),
    });
    expect(spec["pruner"]).toEqual({ disabled: true });
    expect(spec["tektonpruner"]).toMatchObject({ "disabled": false, "global-config": { failedHistoryLimit: 20 } });
  });
});

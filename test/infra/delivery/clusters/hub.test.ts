import { beforeAll, describe, expect, test } from "@jest/globals";

import { clusterSecretData } from "../../../../infra/delivery/clusters/cluster-secret.ts";
import { checkedAccess } from "../../../../infra/delivery/clusters/remote-cluster.ts";
import { objectOf, recordingTimeout } from "../../stacks/stack.ts";
import type { RecordedStack } from "../../stacks/stack.ts";

import { hubAccess, prodStack, recordHub } from "./recorded.ts";

let hub: RecordedStack;

beforeAll(async () => {
  hub = await recordHub();
}, recordingTimeout);

const argoproj = "kubernetes:argoproj.io/v1alpha1:";
const applications = ["app", "core-trading", "reporting", "risk-control"];

const clusterSecret = (stack: RecordedStack) =>
  stack.all("kubernetes:core/v1:Secret").find(({ name }) => name === "cluster-prod")!;

describe("a hub", () => {
  test("delivers its own environment here and the other one to its cluster, by name", () => {
    const destinations = hub.all(`${argoproj}Application`).map((resource) => {
      const { metadata, spec } = objectOf(resource);
      return [metadata.name, spec?.["destination"]];
    });
    expect(destinations).toEqual([
      ...applications.map((name) => [`${name}-dev`, { server: "https://kubernetes.default.svc", namespace: "dev" }]),
      ...applications.map((name) => [`${name}-prod`, { name: "prod", namespace: "prod" }]),
    ]);
    const project = hub.all(`${argoproj}AppProject`).find(({ name }) => name === "prod-project")!;
    expect(objectOf(project).spec).toMatchObject({ destinations: [{ name: "prod", namespace: "prod" }] });
  });

  test("makes nothing of the other environment but that, and the Secret of its cluster", () => {
    const about = hub.resources.filter(({ urn }) => /RemoteCluster|RemoteEnvironment/.test(urn));
    expect(about.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort()).toEqual([
      "AppProject prod-project",
      ...applications.map((name) => `Application ${name}-prod`),
      "RemoteCluster prod",
      "RemoteEnvironment prod",
      "Secret cluster-prod",
      `StackReference ${prodStack}`,
    ]);
    const namespaces = hub.resources.map((resource) => objectOf(resource).metadata?.namespace);
    expect(namespaces).not.toContain("prod");
  });

  test("has the cluster's Secret in the form that Argo CD reads, all of it secret", () => {
    const { inputs, secretInputs } = clusterSecret(hub);
    expect(secretInputs).toContain("stringData");
    expect(inputs).toMatchObject({
      metadata: {
        name: "cluster-prod",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
      stringData: {
        name: "prod",
        server: hubAccess.server,
        namespaces: "prod",
        clusterResources: "false",
        project: "prod",
        config: JSON.stringify({
          bearerToken: hubAccess.credentials.token,
          tlsClientConfig: { insecure: false, caData: hubAccess.caData },
        }),
      },
    });
  });

  test("deletes the Applications before the cluster's Secret", () => {
    for (const name of applications) {
      const application = hub.all(`${argoproj}Application`).find((one) => one.name === `${name}-prod`)!;
      expect(hub.before(application)).toContain(clusterSecret(hub).urn);
    }
  });

  test("is made for the strictest of its environments, and looks only at what it may", () => {
    const values = JSON.stringify(hub.all("kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs["values"]));
    expect(values).toContain('"resource.respectRBAC":"normal"');
    expect(hub.all("eks:index:Cluster")[0]?.inputs["deletionProtection"]).toBe(true);
    expect(hub.recording.outputs["applications"]).toMatchObject({ prod: applications.map((name) => `${name}-prod`) });
  });

  test(
    "is planned without the outputs of the other stack: only the Secret's content is unknown",
    async () => {
      const planned = await recordHub({ preview: true, stackOutputs: "unknown" });
      expect(clusterSecret(planned).unknownInputs).toEqual(["stringData"]);
      const application = planned.all(`${argoproj}Application`).find(({ name }) => name === "app-prod")!;
      expect([application.unknownInputs, application.inputs]).toEqual([
        [],
        hub.all(`${argoproj}Application`)[4]?.inputs,
      ]);
    },
    recordingTimeout,
  );

  test(
    "may serve no environment itself",
    async () => {
      const { recording } = await recordHub({ config: { environments: [], previews: {} } });
      expect(recording.outputs["applications"]).toEqual({ prod: applications.map((name) => `${name}-prod`) });
    },
    recordingTimeout,
  );
});

describe("what another stack puts out", () => {
  const prod = [{ name: "prod", namespace: "prod" }] as const;

  test.each([
    [
      undefined,
      prod,
      /the output hubAccess of stack "acme.*prod" is missing; allowed: that of a stack with argocd.mana/,
    ],
    [{ server: "http://api" }, prod, /is of another form/],
    [hubAccess, [{ name: "staging", namespace: "staging" }], /stack "acme.*" does not serve staging; add it/],
    [hubAccess, [{ name: "prod", namespace: "shop" }], /delivery.prod.namespace: "shop" here and "prod" in stack/],
  ] as const)("is refused where it does not fit (%#)", (given, environments, message) => {
    expect(() => checkedAccess(given, prodStack, environments)).toThrow(message);
  });

  test("is a token, or a role of AWS; several environments are scoped to no project", () => {
    const credentials = { kind: "eks", clusterName: "gitops-prod", roleArn: "arn:hub" } as const;
    const namespaces = { staging: "test", prod: "prod" };
    const data = clusterSecretData("eu", ["staging", "prod"], { ...hubAccess, namespaces, credentials });
    expect(data).toMatchObject({ name: "eu", namespaces: "test,prod" });
    expect(data).not.toHaveProperty("project");
    expect(JSON.parse(data["config"] ?? "")).toEqual({
      awsAuthConfig: { clusterName: "gitops-prod", roleARN: "arn:hub" },
      tlsClientConfig: { insecure: false, caData: hubAccess.caData },
    });
  });
});

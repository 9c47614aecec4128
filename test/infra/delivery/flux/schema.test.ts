import { join } from "node:path";

import { beforeAll, describe, expect, test } from "@jest/globals";
import * as image from "@kubernetes-models/flux-cd/image.toolkit.fluxcd.io/v1";
import { Kustomization } from "@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization";
import { Receiver } from "@kubernetes-models/flux-cd/notification.toolkit.fluxcd.io/v1/Receiver";
import { Alert } from "@kubernetes-models/flux-cd/notification.toolkit.fluxcd.io/v1beta3/Alert";
import { Provider } from "@kubernetes-models/flux-cd/notification.toolkit.fluxcd.io/v1beta3/Provider";
import { GitRepository } from "@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository";

import { record } from "../../../../rehearsal/index.ts";

/** The published CRDs, as validators; an object of a kind that is missing here fails the test. */
const models = {
  GitRepository,
  Kustomization,
  Receiver,
  Alert,
  Provider,
  ImageRepository: image.ImageRepository,
  ImagePolicy: image.ImagePolicy,
  ImageUpdateAutomation: image.ImageUpdateAutomation,
} as const;

interface FluxObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** @throws Error of the schema */
function validate(object: FluxObject): void {
  const Model = models[object.kind as keyof typeof models] as unknown as (new (data: unknown) => {
    validate: () => void;
  }) & { readonly apiVersion: string };
  expect(object.apiVersion).toBe(Model.apiVersion);
  new Model(object).validate();
}

let objects: readonly FluxObject[];

beforeAll(async () => {
  const recording = await record({
    stack: "local",
    project: join(import.meta.dirname, "..", "..", "..", ".."),
    config: {
      gitops: "flux",
      repository: "https://github.com/example/gitops-platform.git",
      previews: { source: "none" },
      alertsAddress: "https://chat.example.com/x",
      flux: {
        credentials: "platform-repository",
        dependsOn: { "core-trading": ["risk-control"] },
        receiver: { secret: "webhook-token" },
        alerts: {},
        imageAutomation: { images: { app: "ghcr.io/example/app" } },
      },
    },
  });
  objects = recording.resources
    .filter(({ type }) => type.includes(".toolkit.fluxcd.io/"))
    .map(({ inputs }) => inputs as unknown as FluxObject);
}, 120_000);

describe("objects of Flux", () => {
  test("of every kind that the platform has are made", () => {
    expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual(Object.keys(models).sort());
  });

  test("fit the schemas that the project publishes", () => {
    for (const object of objects) expect(() => validate(object)).not.toThrow();
  });

  test.each([
    ["GitRepository", { timeout: "1h" }],
    ["GitRepository", { url: "git@github.com:example/platform.git" }],
    ["Kustomization", { prune: undefined }],
    ["Kustomization", { interval: "1d" }],
    ["Receiver", { type: "gitea" }],
    ["Provider", { type: "gchat" }],
    ["Alert", { eventSeverity: "warning" }],
    ["ImagePolicy", { policy: undefined }],
    ["ImageUpdateAutomation", { sourceRef: { kind: "Bucket", name: "x" } }],
  ])("would not fit them otherwise: %s with %j", (kind, fields) => {
    const object = objects.find((one) => one.kind === kind)!;
    expect(() => validate({ ...object, spec: { ...object.spec, ...fields } })).toThrow();
  });

  test("name no other namespace than their own", () => {
    for (const { metadata, spec } of objects) {
      expect(["dev", "staging", "prod"]).toContain(metadata.namespace);
      const { targetNamespace, ...rest } = spec;
      expect([undefined, metadata.namespace]).toContain(targetNamespace);
      expect(JSON.stringify(rest)).not.toContain('"namespace"');
    }
  });
});

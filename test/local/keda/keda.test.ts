import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { authority } from "../../../local/certificates/index.ts";
import { adapter } from "../../../local/keda/adapter.ts";
import { kedaCertificates } from "../../../local/keda/certificates.ts";
import type { KedaCertificates } from "../../../local/keda/certificates.ts";
import type { KedaTools } from "../../../local/keda/index.ts";
import { metricsServiceObjects } from "../../../local/keda/metrics-service.ts";
import { operator } from "../../../local/keda/operator.ts";
import { kedaRights, operatorRules } from "../../../local/keda/rights.ts";
import type { Rule } from "../../../local/keda/rights.ts";
import { layout, prepareLayout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import type { ProcessSpec } from "../../../local/processes/index.ts";

let paths: Layout;
let certificates: KedaCertificates;

beforeAll(async () => {
  paths = layout(await mkdtemp(join(tmpdir(), "gitops-keda-")));
  await prepareLayout(paths);
  certificates = await kedaCertificates(paths);
});
afterAll(() => rm(paths.directory, { recursive: true, force: true }));

const upstream: readonly Rule[] = [
  { apiGroups: [""], resources: ["pods", "secrets"], verbs: ["get", "list", "watch"] },
  { apiGroups: [""], resources: ["secrets"], verbs: ["list"] },
  { apiGroups: ["*"], resources: ["*"], verbs: ["get"] },
  { apiGroups: ["*"], resources: ["*/scale"], verbs: ["update"] },
  { apiGroups: ["apiregistration.k8s.io"], resources: ["apiservices"], verbs: ["update"] },
  { apiGroups: ["keda.sh"], resources: ["scaledobjects"], verbs: ["get"] },
];

describe("the operator's rights in the whole cluster", () => {
  const rules = operatorRules(upstream);

  test("hold no wildcard, no Secret, and nothing of the certificates that it does not make here", () => {
    expect(rules.flatMap(({ apiGroups, resources }) => [...apiGroups, ...resources])).not.toContain("*");
    expect(rules.flatMap(({ resources }) => resources)).not.toContain("secrets");
    expect(rules.flatMap(({ apiGroups }) => apiGroups)).not.toContain("apiregistration.k8s.io");
    expect(rules).toContainEqual({ ...upstream[0], resources: ["pods"] });
  });

  test("let it scale Deployments and StatefulSets, and nothing else", () => {
    const scaled = rules.flatMap(({ resources }) => resources).filter((resource) => resource.endsWith("/scale"));
    expect(scaled).toEqual(["deployments/scale", "statefulsets/scale"]);
  });
});

test("Secrets are read in KEDA's own namespace alone", () => {
  const withSecrets = kedaRights(upstream).filter((object) => JSON.stringify(object).includes('"secrets"'));
  expect(withSecrets.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([["Role", "keda"]]);
});

describe("the certificate of both processes", () => {
  test("is of an authority of its own: no user's certificate opens the operator's metrics", async () => {
    const certificate = new X509Certificate(await readFile(join(certificates.directory, "tls.crt"), "utf8"));
    const own = new X509Certificate(certificates.ca);
    const users = new X509Certificate((await authority(paths, "ca")).certificate);
    expect(certificate.verify(own.publicKey)).toBe(true);
    expect(certificate.verify(users.publicKey)).toBe(false);
  });

  test("stands for the name that the API server asks for, and for loopback", async () => {
    const certificate = new X509Certificate(await readFile(join(certificates.directory, "tls.crt"), "utf8"));
    expect(certificate.checkHost("keda-operator-metrics-apiserver.keda.svc")).toBeDefined();
    expect(certificate.checkIP("127.0.0.1")).toBeDefined();
    expect((await readdir(certificates.directory)).sort()).toEqual(["ca.crt", "tls.crt", "tls.key"]);
  });
});

describe("the place behind the API server", () => {
  const [service, apiService] = metricsServiceObjects(23_456, "PEM");

  test("is a name for loopback on the port that the APIService says, verified by KEDA's authority", () => {
    expect(service?.["spec"]).toMatchObject({ type: "ExternalName", externalName: "localhost" });
    expect(apiService?.["spec"]).toMatchObject({
      group: "external.metrics.k8s.io",
      service: { name: service?.metadata.name, namespace: service?.metadata.namespace, port: 23_456 },
      caBundle: Buffer.from("PEM").toString("base64"),
    });
    expect(apiService?.["spec"]).not.toHaveProperty("insecureSkipTLSVerify");
  });
});

describe("the processes", () => {
  const tools = { operator: { path: "/tools/operator" }, adapter: { path: "/tools/adapter" } } as KedaTools;
  const both = async (): Promise<ProcessSpec[]> => [
    await operator(paths, tools, "https://127.0.0.1:1", certificates),
    await adapter(paths, tools, "https://127.0.0.1:1", certificates),
  ];

  test("bind every address to loopback", async () => {
    const [first, second] = await both();
    const bound = first?.args.filter((arg) => arg.includes("-bind-address="));
    expect(bound).toHaveLength(3);
    for (const arg of bound ?? []) expect(arg).toMatch(/=127\.0\.0\.1:\d+$/);
    expect(second?.args).toContain("--bind-address=127.0.0.1");
  });

  test("the adapter asks the operator where the operator answers", async () => {
    const [first, second] = await both();
    expect(second?.args).toContain(`--metrics-service-address=127.0.0.1:${first?.ports?.["metricsService"]}`);
  });

  test("the operator reaches names of Services through the service network, as a pod of its namespace", async () => {
    const [first] = await both();
    expect(new URL(first?.env?.["HTTP_PROXY"] ?? "").username).toBe("keda");
  });

  test("restart with identity and certificates, and are the same when asked for again", async () => {
    const plain = (all: ProcessSpec[]): unknown => all.map(({ ready: _, ...rest }) => rest);
    const specs = await both();
    expect(plain(await both())).toEqual(plain(specs));
    for (const { files, env } of specs) {
      expect(files).toEqual(expect.arrayContaining([env?.["KUBECONFIG"], ...certificates.files]));
    }
    expect(new Set(specs.map(({ env }) => env?.["KUBECONFIG"])).size).toBe(2);
  });
});

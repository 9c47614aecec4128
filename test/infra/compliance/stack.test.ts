import { join } from "node:path";

import { beforeAll, describe, expect, test } from "@jest/globals";
import { Provider } from "@pulumi/kubernetes/provider.js";

import { Compliance } from "../../../infra/compliance/index.ts";
import { ocmControls, ocmPolicy } from "../../../infra/compliance/ocm/policies.ts";
import { parseConfig } from "../../../infra/config/index.ts";
import { environments } from "../../../infra/environments.ts";
import type { Environment } from "../../../infra/environments.ts";
import { record } from "../../../rehearsal/index.ts";
import type { RecordedResource } from "../../../rehearsal/index.ts";
import { asGiven, happyPath } from "../config/happy-path.ts";
import { objectOf, recordingTimeout, recordStack } from "../stacks/stack.ts";
import type { RecordedStack } from "../stacks/stack.ts";

const groups = { viewer: ["gitops-viewer"], deployer: ["gitops-deployer"], admin: ["gitops-admin"] };
const served = (["dev", "staging", "prod"] as const).map((name) => ({ ...environments[name], name, applications: [] }));

/** What the component makes with a value of the key `compliance`. */
async function made(compliance: object): Promise<readonly RecordedResource[]> {
  const parsed = parseConfig(asGiven({ ...happyPath, compliance }));
  if ("error" in parsed) throw new Error(parsed.error);
  const { resources } = await record({
    stack: "test",
    project: join(import.meta.dirname, "..", "..", ".."),
    stackFile: false,
    program: () => {
      const provider = new Provider("cluster");
      const config = parsed.config.compliance;
      new Compliance({ config, environments: served, groups, provider, dependsOn: [], delivered: [provider] });
      return {};
    },
  });
  return resources.filter(({ type }) => type.startsWith("kubernetes:"));
}

const kindsOf = (resources: readonly RecordedResource[]) => [...new Set(resources.map(({ inputs }) => inputs["kind"]))];

interface Binding {
  readonly policyName: string;
  readonly validationActions: readonly string[];
  readonly matchResources: {
    readonly namespaceSelector: { readonly matchExpressions: readonly { values: string[] }[] };
  };
}

describe("admission", () => {
  const bindings = (resources: readonly RecordedResource[]) =>
    resources
      .filter(({ inputs }) => inputs["kind"] === "ValidatingAdmissionPolicyBinding")
      .map(({ inputs }) => inputs["spec"] as Binding)
      .filter(({ policyName }) => policyName === "gitops-image-pinned")
      .map((spec) => [spec.matchResources.namespaceSelector.matchExpressions[0]?.values, spec.validationActions]);

  test("denies in every environment by default, and nowhere lets in what it cannot judge", async () => {
    const resources = await made({});
    expect(bindings(resources)).toEqual([
      [
        ["dev", "staging", "prod"],
        ["Deny", "Audit"],
      ],
    ]);
    const policies = resources.filter(({ inputs }) => inputs["kind"] === "ValidatingAdmissionPolicy");
    expect(policies.map(({ inputs }) => (inputs["spec"] as { failurePolicy: string }).failurePolicy)).toEqual(
      policies.map(() => "Fail"),
    );
  });

  test("warns where the configuration says so, and is not there where it is off", async () => {
    expect(bindings(await made({ admission: { dev: "warn", staging: "off" } }))).toEqual([
      [["prod"], ["Deny", "Audit"]],
      [["dev"], ["Warn", "Audit"]],
    ]);
    expect(await made({ admission: { dev: "off", staging: "off", prod: "off" } })).toEqual([]);
  });
});

describe("Open Cluster Management", () => {
  test("is not there by default", async () => {
    expect(kindsOf(await made({})).sort()).toEqual(["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]);
  });

  test("gets its add-ons in pinned images, and its policies on the cluster of the stack alone", async () => {
    const resources = await made({ ocm: { managedCluster: "local-cluster", namespace: "rules" } });
    const one = (kind: string) => resources.filter(({ inputs }) => inputs["kind"] === kind).map(objectOf);
    const addOns = one("ManagedClusterAddOn");
    expect(addOns.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      "local-cluster/governance-policy-framework",
      "local-cluster/config-policy-controller",
    ]);
    for (const { metadata } of addOns) {
      const { annotations } = metadata as unknown as { annotations: Record<string, string> };
      expect(Object.values(annotations)[0]).toMatch(/"quay\.io\/open-cluster-management\/[a-z-]+:v\d+\.\d+\.\d+"/);
    }
    expect(JSON.stringify(one("Placement")[0]?.spec)).toContain('managedCluster.metadata.name == \\"local-cluster\\"');
    const names = one("Policy").map(({ metadata }) => metadata.name);
    expect([...names].sort()).toEqual(ocmControls.map((control) => `gitops-${control}`).sort());
    // The limit of the propagated name, <namespace>.<name>.
    expect(Math.max(...names.map((name) => `gitops-compliance.${name}`.length))).toBeLessThanOrEqual(63);
    const [binding] = one("PlacementBinding") as unknown as [{ subjects: { name: string }[] }];
    expect(binding.subjects.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  const specs = ocmControls.flatMap((control) =>
    ocmPolicy(control, "rules", served, groups).spec["policy-templates"].map(
      ({ objectDefinition }) => objectDefinition,
    ),
  );

  test("enforces with high severity, in the environments' namespaces alone, what has a name", () => {
    expect(specs.length).toBe(ocmControls.length * served.length);
    for (const { metadata, spec } of specs) {
      expect(spec).toMatchObject({ severity: "high", namespaceSelector: { exclude: ["kube-*"] } });
      expect(spec.namespaceSelector.include).toEqual([/-(dev|staging|prod)$/.exec(metadata.name)?.[1]]);
      const named = spec["object-templates"].every(({ objectDefinition }) => {
        // A namespace of its own would switch the selector off.
        expect(objectDefinition["metadata"] ?? {}).not.toHaveProperty("namespace");
        return (objectDefinition["metadata"] as { name?: string } | undefined)?.name !== undefined;
      });
      expect([metadata.name, spec.remediationAction]).toEqual([metadata.name, named ? "enforce" : "inform"]);
    }
    const policy = specs.find(({ metadata }) => metadata.name === "gitops-network-default-deny-prod");
    expect(policy?.spec["object-templates"]).toMatchObject([
      {
        complianceType: "mustonlyhave",
        objectDefinition: { kind: "NetworkPolicy", metadata: { name: "default-deny" } },
      },
    ]);
  });

  describe("beside the program", () => {
    let local: RecordedStack;
    beforeAll(async () => {
      local = await recordStack("local");
    }, recordingTimeout);

    test("wants the very objects that the program makes, so that nothing fights", () => {
      const wanted = specs.filter(({ spec }) => spec.remediationAction === "enforce");
      const compared = wanted.flatMap(({ spec, metadata }) => {
        const environment = /-(dev|staging|prod)$/.exec(metadata.name)?.[1] as Environment;
        return spec["object-templates"].map(({ objectDefinition }) => {
          const { kind, metadata: meta, ...fields } = objectDefinition as unknown as Named;
          const found = local.all("kubernetes:").find((resource) => {
            const { inputs } = resource;
            const { name, namespace = environment } = objectOf(resource).metadata;
            const isKind = inputs["kind"] === kind || inputs["kind"] === `${kind}Patch`;
            return isKind && name === meta.name && namespace === environment;
          });
          expect([kind, meta.name, found?.inputs]).toEqual([kind, meta.name, expect.objectContaining(fields)]);
          expect(found?.inputs["metadata"]).toMatchObject(meta);
          return found?.urn;
        });
      });
      expect(new Set(compared).size).toBe(30);
    });
  });
});

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

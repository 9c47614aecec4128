import { describe, expect, test } from "@jest/globals";

import { admissionRules } from "../../../infra/compliance/admission/rules/index.ts";
import { controls } from "../../../infra/compliance/controls.ts";
import { ocmControls, ocmPolicy } from "../../../infra/compliance/ocm/policies.ts";
import { environments } from "../../../infra/environments.ts";
import { policies } from "../../../policies/policies.ts";

const by = new Map(policies.map((policy) => [policy.name, policy]));

describe("the table of controls", () => {
  test("names each control once, and each is enforced somewhere", () => {
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    for (const { id, enforcedBy } of controls) {
      const { crossGuard, ocm, admission } = enforcedBy;
      expect([id, crossGuard.length > 0 || ocm === "enforce" || admission !== undefined]).toEqual([id, true]);
    }
  });

  test("names policies of the pack, with their references and severity", () => {
    for (const { id, references, severity, enforcedBy } of controls) {
      for (const name of enforcedBy.crossGuard) {
        const policy = by.get(name);
        expect([id, policy?.severity, policy?.references]).toEqual([id, severity, references]);
      }
    }
  });

  test("names every rule of admission and no other", () => {
    const named = controls.flatMap(({ enforcedBy }) => enforcedBy.admission ?? []);
    expect([...named].sort()).toEqual(admissionRules.map(({ name }) => name).sort());
  });

  test("names every policy of Open Cluster Management, and whether it mends or only reports", () => {
    const groups = { viewer: ["v"], deployer: ["d"], admin: ["a"] };
    const dev = { name: "dev" as const, namespace: "dev", quota: environments.dev.quota };
    const named = controls.filter(({ enforcedBy }) => enforcedBy.ocm !== undefined);
    expect(named.map(({ id }) => id).sort()).toEqual([...ocmControls].sort());
    for (const { id, enforcedBy } of named) {
      const [template] = ocmPolicy(id, "gitops-compliance", [dev], groups).spec["policy-templates"];
      expect([id, template?.objectDefinition.spec.remediationAction]).toEqual([id, enforcedBy.ocm]);
    }
  });
});

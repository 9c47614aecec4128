import { writeFile, mkdtemp, rm, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { analyze, startAnalyzer } from "../../policies/analyzer/index.ts";
import type { AnalyzedResource, Analyzer } from "../../policies/analyzer/index.ts";
import type { PackConfig } from "../../policies/configuration.ts";
import { policyNames } from "../../policies/policies.ts";

import { cases, settings } from "./cases.ts";
import { happyPathArgs, urnOf, withChange } from "./happy-path.ts";

const today = "2026-11-23";
const strict: PackConfig = { all: "mandatory", ...settings };
const recording = (resources: readonly AnalyzedResource[]) => ({
  resources,
  config: { stack: "test", project: { name: "gitops-platform" } },
});

let folder: string;
let analyzer: Analyzer;

async function waiversFile(name: string, yaml: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, yaml);
  return file;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "policies-"));
  analyzer = await startAnalyzer({ today, waivers: await waiversFile("none.yaml", "") });
}, 60_000);

afterAll(async () => {
  await analyzer.close();
  await rm(folder, { recursive: true });
});

describe("the pack as a process", () => {
  test("describes every policy, with severity, remedy and references", async () => {
    const { policies } = await analyzer.analyze({ recording: recording([]), packConfig: strict });
    expect(policies.map(({ name }) => name)).toEqual([...policyNames, "waivers-valid", "waivers-in-use"]);
    for (const policy of policies) {
      expect(policy).toMatchObject({ severity: expect.any(String), remediation: expect.stringMatching(/\w/) });
    }
    expect(policies.find(({ name }) => name === "eks-endpoint-closed")?.references).toContain(
      "CIS Amazon EKS Benchmark 5.4.1",
    );
  });

  test("has nothing against the happy path", async () => {
    const { violations } = await analyzer.analyze({ recording: recording(happyPathArgs()), packConfig: strict });
    expect(violations).toEqual([]);
  });

  test.each(cases)(
    "$policy refuses $target with $path $value",
    async ({ policy, target, path, value, says, blames }) => {
      const resources = withChange(target, path, value);
      const { violations } = await analyzer.analyze({ recording: recording(resources), packConfig: strict });
      const found = violations.find((one) => one.policy === policy && one.urn === urnOf(blames ?? target));
      expect(found).toMatchObject({ level: "mandatory", message: expect.stringContaining(says) });
      expect(found?.message).toContain("To mend: ");
    },
  );

  test("finds public subnets by where their routes lead, though all ids are unknown", async () => {
    const gateway = urnOf("aws:ec2/internetGateway:InternetGateway::internet");
    const resources = happyPathArgs().map((one) =>
      one.type === "aws:ec2/route:Route"
        ? { ...one, propertyDependencies: { ...one.propertyDependencies, gatewayId: [gateway] } }
        : one,
    );
    const { violations } = await analyzer.analyze({ recording: recording(resources), packConfig: strict });
    expect(violations).toEqual([
      expect.objectContaining({
        policy: "node-group-private",
        message: expect.stringContaining('subnet "private" routes to an internet gateway'),
      }),
    ]);
  });

  test("counts the tags of a provider", async () => {
    const provider = `${urnOf("pulumi:providers:aws::aws")}::id`;
    const resources = happyPathArgs().map((one) => {
      if (one.name === "aws")
        return {
          ...one,
          inputs: {
            defaultTags: JSON.stringify({ tags: { "gitops-stack": "x", "cost-center": "y", "data-class": "z" } }),
          },
        };
      return one.type === "aws:iam/role:Role" ? { ...one, provider, inputs: {} } : one;
    });
    const { violations } = await analyzer.analyze({ recording: recording(resources), packConfig: strict });
    expect(violations).toEqual([]);
  });
});

describe("levels", () => {
  const noTags = withChange("aws:iam/role:Role::nodes", "tags", { "cost-center": "x" });

  test("of the configuration hold", async () => {
    const at = async (packConfig: PackConfig) =>
      (await analyzer.analyze({ recording: recording(noTags), packConfig })).violations.map(({ level }) => level);
    expect(await at({ all: "advisory" })).toEqual(["advisory"]);
    expect(await at({ "all": "advisory", "required-tags": "mandatory" })).toEqual(["mandatory"]);
    expect(await at({ "all": "mandatory", "required-tags": "disabled" })).toEqual([]);
  });

  test("a wrong configuration is refused with every fault", async () => {
    const packConfig = {
      "all": "loud",
      "no-policy": "mandatory",
      "log-retention": { days: "many" },
    } as unknown as PackConfig;
    await expect(analyzer.analyze({ recording: recording([]), packConfig })).rejects.toThrow(
      /the level of all is "loud".*no-policy is not a policy|no-policy is not a policy.*log-retention\.days is "many"/,
    );
  });

  test("`remediate` puts tags and pod security labels on, and leaves labels that are there", async () => {
    const resources = [
      ...noTags.filter(({ type }) => type === "aws:iam/role:Role"),
      ...withChange("kubernetes:core/v1:Namespace::prod", "metadata/labels", { team: "a" }).filter(
        ({ type }) => type === "kubernetes:core/v1:Namespace",
      ),
    ];
    const { violations, remediations } = await analyzer.analyze({
      recording: recording(resources),
      packConfig: {
        "all": "disabled",
        "required-tags": { values: { "gitops-stack": "test" }, enforcementLevel: "remediate" },
        "namespace-pod-security": "remediate",
      },
    });
    expect(violations).toEqual([]);
    expect(remediations).toHaveLength(2);
    const [role, namespace] = ["Role", "Namespace"].map((kind) => remediations.find(({ urn }) => urn.includes(kind)));
    expect(role?.properties).toEqual({ tags: { "cost-center": "x", "gitops-stack": "test" } });
    expect(namespace?.properties).toMatchObject({
      metadata: { labels: { "team": "a", "pod-security.kubernetes.io/enforce": "restricted" } },
    });
  });
});

describe("waivers", () => {
  const open = withChange("eks:index:Cluster::main", "publicAccessCidrs", ["0.0.0.0/0"]);
  const waiver = (expires: string, resource = "eks:index:Cluster::main") =>
    `- { policy: eks-endpoint-closed, resource: "${resource}", owner: platform, reason: migration, expires: ${expires} }\n`;
  const judged = async (name: string, yaml: string, resources = open) => {
    const waivers = await waiversFile(name, yaml);
    const { violations } = await analyze({ recording: recording(resources), packConfig: strict, waivers, today });
    return violations.map(({ policy, message }) => `${policy}: ${message}`);
  };

  test("one in time waives", async () => {
    expect(await judged("valid.yaml", waiver("2026-11-24"))).toEqual([]);
  });

  test("an expired one fails beside the violation, and is named", async () => {
    expect(await judged("expired.yaml", waiver("2026-11-23"))).toEqual([
      expect.stringMatching(/^eks-endpoint-closed: [\s\S]*open to the world/),
      expect.stringMatching(
        /^waivers-valid: [\s\S]*eks-endpoint-closed for eks:index:Cluster::main \(owner platform\) expired on 2026-11-23/,
      ),
    ]);
  });

  test("one that waives nothing is reported", async () => {
    expect(await judged("unused.yaml", waiver("2026-12-31"), happyPathArgs())).toEqual([
      expect.stringMatching(/^waivers-in-use: [\s\S]*waives nothing/),
    ]);
  });

  test("a malformed one waives nothing and is reported", async () => {
    expect(await judged("malformed.yaml", "- { policy: eks-endpoint-closed, resource: all, expires: soon }\n")).toEqual(
      [
        expect.stringMatching(/^eks-endpoint-closed/),
        ...[".owner is nothing", ".reason is nothing", "neither a URN", '"soon" is not an ISO date'].map(
          (fault): unknown => expect.stringMatching(new RegExp(`^waivers-valid: [\\s\\S]*\\[0\\].*${fault}`)),
        ),
      ],
    );
  });
});

test("a pack that cannot start says why", async () => {
  await expect(startAnalyzer({ waivers: join(folder, "missing.yaml") })).rejects.toThrow(/missing\.yaml/);
});

test("the pack describes itself as the CLI wants it", async () => {
  const yaml = await readFile(new URL("../../policies/PulumiPolicy.yaml", import.meta.url), "utf8");
  expect(yaml).toContain("runtime: nodejs");
});

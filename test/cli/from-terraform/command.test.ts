import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

import { clusterSchema } from "../../../infra/config/cluster.ts";
import { gitops, temporaryFolder, writeFiles } from "../plan/gitops.ts";

import { state } from "./state.ts";

const folder = temporaryFolder();

beforeAll(() => {
  writeFiles(folder, {
    "Pulumi.yaml": "name: fixture\nmain: index.ts\n",
    "index.ts": "",
    "state.json": JSON.stringify(state),
    "plan.json": JSON.stringify({ format_version: "1.2", planned_values: {}, prior_state: state }),
    "raw.tfstate": JSON.stringify({ version: 4, terraform_version: "1.9.0", lineage: "x", resources: [] }),
    "none.json": JSON.stringify({ instance_count: 3 }),
    "two.json": JSON.stringify({ ...state, values: { root_module: { child_modules: [] } } }),
    "v20.tfvars.json": JSON.stringify({
      cluster_name: "shop",
      cluster_version: "1.35",
      cluster_endpoint_public_access: true,
      subnet_ids: ["subnet-1"],
      eks_managed_node_group_defaults: { disk_size: 30, ami_type: "AL2_x86_64" },
      eks_managed_node_groups: { one: { instance_types: ["m7g.large"] } },
      instance_tenancy: "dedicated",
    }),
  });
});

interface Document {
  readonly eks: object;
  readonly existing: object;
  readonly imports: readonly { readonly type: string; readonly name: string; readonly id: string }[];
  readonly leftOut: readonly { readonly input: string; readonly why: string }[];
  readonly notImported: readonly { readonly input: string; readonly why: string }[];
  readonly takenOver: readonly { readonly input: string; readonly key: string; readonly value: unknown }[];
  readonly undecided: readonly { readonly path: string }[];
}

const run = (...args: readonly string[]) => gitops(folder, ["from-terraform", ...args]);
async function report(file: string, exitCode = 0): Promise<Document> {
  const ran = await run(file, "--json");
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode, stderr: "" });
  return JSON.parse(ran.stdout) as Document;
}
const reasons = (list: Document["leftOut"]) => Object.fromEntries(list.map(({ input, why }) => [input, why]));

describe("a state", () => {
  test("becomes a section that the configuration's schema takes as it is", async () => {
    const { eks, existing } = await report("state.json");
    expect(existing).toEqual({ kind: "existing", context: "shop" });
    expect(clusterSchema.safeParse(eks).success).toBe(true);
    expect(eks).toEqual({
      kind: "eks",
      region: "eu-central-1",
      kubernetesVersion: "1.35",
      logTypes: ["api", "audit"],
      endpoint: { public: true, private: true, publicCidrs: ["203.0.113.0/24"] },
      extendedSupport: true,
      logRetentionDays: 30,
      serviceCidr: "172.21.0.0/16",
      vpcCidr: "10.20.0.0/16",
      zones: ["eu-central-1a", "eu-central-1b"],
      subnets: { public: ["10.20.200.0/24", "10.20.201.0/24"], private: ["10.20.0.0/20", "10.20.16.0/20"] },
      access: { admin: ["arn:aws:iam::111122223333:role/admins"] },
      nodeGroups: [
        {
          name: "main-pool",
          minSize: 2,
          desiredSize: 3,
          maxSize: 6,
          instanceTypes: ["m7i.large", "m6i.large"],
          capacityType: "spot",
          diskSizeGiB: 80,
          labels: { pool: "main" },
          taints: [{ key: "team", value: "shop", effect: "PreferNoSchedule" }],
        },
      ],
    });
  });

  test("says of everything else why it was not taken over", async () => {
    const { leftOut, notImported } = await report("state.json");
    const why = reasons(leftOut);
    expect(why["authentication_mode"]).toContain("aws-auth");
    expect(why["access_entries.arn:aws:iam::111122223333:role/team"]).toContain("AmazonEKSEditPolicy");
    expect(why["access_entries.arn:aws:iam::111122223333:role/nodes"]).toContain("made by EKS");
    expect(why["addons.adot"]).toContain("through Git");
    expect(Object.keys(why).filter((input) => input.startsWith("addons.coredns"))).toEqual([]);
    const image = Object.keys(why).find((input) => input.endsWith(".ami_type"));
    expect(why[image ?? ""]).toContain("BOTTLEROCKET_x86_64");
    expect(why["encryption_config"]).toContain("KMS key of its own");
    expect(reasons(notImported)).toEqual({
      "module.vpc.aws_route.public_internet_gateway[0]": expect.stringContaining("with its route table"),
      "module.eks.time_sleep.this[0]": expect.stringContaining("Terraform alone"),
    });
  });

  test("becomes an import file with the ids that Pulumi's AWS provider wants, under unique names", async () => {
    const out = join(folder, "import.json");
    expect(await run("state.json", "--out", out, "--dry-run")).toMatchObject({ exitCode: 0 });
    expect(existsSync(out)).toBe(false);
    expect(await run("state.json", "--out", out)).toMatchObject({ exitCode: 0, stderr: "" });
    const { resources } = JSON.parse(readFileSync(out, "utf8")) as { readonly resources: Document["imports"] };
    expect(resources).toEqual((await report("plan.json")).imports);
    expect(new Set(resources.map(({ name }) => name)).size).toBe(resources.length);
    expect(resources.every((one) => Object.keys(one).sort().join() === "id,name,type")).toBe(true);
    const ids = (type: string) => resources.filter((one) => one.type === type).map(({ id }) => id);
    expect(ids("aws:ec2/vpc:Vpc")).toEqual(["vpc-0a"]);
    expect(ids("aws:ec2/subnet:Subnet")).toHaveLength(4);
    expect(ids("aws:ec2/routeTableAssociation:RouteTableAssociation")).toEqual(["subnet-private-0/rtb-1"]);
    expect(ids("aws:eks/cluster:Cluster")).toEqual(["shop"]);
    expect(ids("aws:eks/nodeGroup:NodeGroup")).toEqual(["shop:main_pool-2026010112000000000000000a"]);
    expect(ids("aws:eks/addon:Addon")).toEqual(["shop:coredns", "shop:adot"]);
    expect(ids("aws:eks/accessEntry:AccessEntry")[0]).toBe("shop:arn:aws:iam::111122223333:role/admins");
    expect(ids("aws:eks/accessPolicyAssociation:AccessPolicyAssociation")[0]).toBe(
      "shop#arn:aws:iam::111122223333:role/admins#arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    );
    expect(ids("aws:kms/key:Key")).toEqual(["k-1"]);
    expect(await run("state.json", "--out", out)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("exists already"),
    });
  });

  test("is printed for people with a stack's file that can be copied, and without what a state also holds", async () => {
    const { stdout, exitCode } = await run("state.json");
    expect(exitCode).toBe(0);
    const yaml = stdout.split("\n\n").filter((part) => part.startsWith("config:"));
    expect(yaml.map((part) => parse(part) as unknown)).toEqual([
      { config: { "fixture:cluster": { kind: "existing", context: "shop" } } },
      { config: { "fixture:cluster": expect.objectContaining({ kind: "eks" }), "fixture:tags": { team: "shop" } } },
    ]);
    expect(stdout).toContain("aws eks update-kubeconfig --name shop --alias shop --region eu-central-1");
    expect(stdout).toContain("would replace the cluster and every group");
    expect(stdout).not.toContain("a-certificate-that-nobody-needs-to-see");
  });
});

describe("inputs of the module", () => {
  test("of v20 are known by their old names, with the module's own defaults where they are silent", async () => {
    const { takenOver, undecided, imports, leftOut } = await report("v20.tfvars.json", 1);
    const byInput = Object.fromEntries(takenOver.map(({ input, key, value }) => [input, { key, value }]));
    expect(byInput["cluster_version"]).toEqual({ key: "cluster.kubernetesVersion", value: "1.35" });
    expect(byInput["cluster_endpoint_public_access_cidrs (the module's default)"]?.value).toEqual(["0.0.0.0/0"]);
    const group = { name: "one", minSize: 0, desiredSize: 1, maxSize: 3, instanceTypes: ["m7g.large"] };
    expect(byInput["eks_managed_node_groups"]?.value).toEqual([group]);
    expect(imports).toEqual([]);
    const why = reasons(leftOut);
    expect(why["eks_managed_node_groups.one.disk_size"]).toContain("without effect");
    expect(why["eks_managed_node_groups.one.ami_type"]).toContain("AL2_x86_64");
    expect(why["instance_tenancy"]).toContain("another module");
    // What the file cannot know has to be decided: exit code 1, and no made-up values.
    expect(undecided.map(({ path }) => path)).toEqual(["cluster.region", "cluster.zones"]);
  });

  test("cannot be imported: they name no ids", async () => {
    const { exitCode, stderr, stdout } = await run("v20.tfvars.json", "--out", "never.json");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("terraform show -json");
  });
});

test("ends with 2 for a file that is none of these, and says what is", async () => {
  expect(await run("raw.tfstate")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("terraform show -json"),
  });
  expect(await run("none.json")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no input of") });
  expect(await run("two.json")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no aws_eks_cluster") });
  expect(await run("gone.json")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("cannot be read") });
  expect(await run("index.ts")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no JSON") });
});

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { describe, expect, jest, test } from "@jest/globals";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import * as pulumi from "@pulumi/pulumi";

import {
  record,
  secretPlaceholder,
  unknownValue,
  type RecordedResource,
  type Recording,
} from "../../rehearsal/index.ts";

// A machine that builds at the same time is slow; nothing here measures time.
jest.setTimeout(120_000);

const platform = { project: join(import.meta.dirname, "fixtures", "platform") };
const dev = { ...platform, stack: "dev" };

/** The one resource with a logical name. */
function named(recording: Recording, name: string): RecordedResource {
  const found = recording.resources.filter((resource) => resource.name === name);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe("a recording", () => {
  test("has every resource with the URN that the engine gives it", async () => {
    const { resources } = await record(dev);
    expect(resources.map(({ urn }) => urn)).toEqual([
      "urn:pulumi:dev::fixture::pulumi:providers:kubernetes::cluster",
      "urn:pulumi:dev::fixture::kubernetes:core/v1:Namespace::first",
      "urn:pulumi:dev::fixture::fixture:index:Team::team",
      "urn:pulumi:dev::fixture::fixture:index:Team$kubernetes:core/v1:Namespace::team",
      "urn:pulumi:dev::fixture::fixture:index:Team$kubernetes:core/v1:Secret::team-login",
    ]);
  });

  test("has parents, dependencies, providers and options", async () => {
    const recording = await record(dev);
    const [first, team, login] = ["first", "team-login", "cluster"].map((name) => named(recording, name));
    const component = recording.resources.find(({ kind }) => kind === "component");
    const namespace = recording.resources.find(({ urn }) => urn.endsWith("Namespace::team"));
    expect(first).toMatchObject({ protect: true, parent: "urn:pulumi:dev::fixture::pulumi:pulumi:Stack::fixture-dev" });
    expect(first!.provider).toMatch(/^urn:pulumi:dev::fixture::pulumi:providers:kubernetes::cluster::/);
    expect(component!.dependencies).toEqual([first!.urn]);
    expect(team).toMatchObject({ parent: component!.urn, retainOnDelete: true, provider: first!.provider });
    expect(team!.dependencies).toEqual([namespace!.urn]);
    expect(team!.propertyDependencies).toMatchObject({ metadata: [namespace!.urn] });
    expect(login!.kind).toBe("custom");
  });

  test("has plain inputs and says which are secret", async () => {
    const recording = await record(dev);
    const login = named(recording, "team-login");
    expect(login.inputs).toMatchObject({ kind: "Secret", data: { password: secretPlaceholder } });
    expect(login.secretInputs).toEqual(["data"]);
    expect(recording.secretOutputs).toEqual(["password"]);
  });

  test("leaves what a deployment makes unknown, unless it is no preview", async () => {
    const preview = await record(dev);
    expect(preview.unknownOutputs).toEqual(["firstId"]);
    expect(preview.outputs).toMatchObject({ firstId: unknownValue, owner: "team-dev", replicas: 2 });
    const pretended = await record({ ...dev, preview: false });
    expect(pretended.unknownOutputs).toEqual([]);
    expect(pretended.outputs).toMatchObject({ firstId: "first" });
  });

  test("of one stack leaks nothing into the next, in sequence or at once", async () => {
    const expected = { dev: ["team-dev", "eu-central-1", 2], prod: ["team-prod", "us-east-1", 5] };
    const one = await record({ ...platform, stack: "dev" });
    const two = await record({ ...platform, stack: "prod" });
    const [three, four] = await Promise.all(["prod", "dev"].map((stack) => record({ ...platform, stack })));
    const seen = [one, two, three!, four!].map(({ outputs }) => [
      outputs["owner"],
      outputs["region"],
      outputs["replicas"],
    ]);
    expect(seen).toEqual([expected.dev, expected.prod, expected.prod, expected.dev]);
    expect(two.outputs["password"]).toBeUndefined();
    expect(two.resources.every(({ urn }) => urn.startsWith("urn:pulumi:prod::"))).toBe(true);
  });

  test("takes a program in memory, overrides and outputs that a provider would make", async () => {
    const { outputs } = await record({
      ...dev,
      config: { owner: "somebody" },
      outputs: ({ type }) => (type.endsWith(":Namespace") ? { status: { phase: "Active" } } : undefined),
      program: () => ({
        owner: new pulumi.Config().require("owner"),
        phase: new Namespace("n", { metadata: { name: "n" } }).status.phase,
      }),
    });
    expect(outputs).toEqual({ owner: "somebody", phase: "Active" });
  });

  test("has a remote component as one resource with its inputs", async () => {
    class Cluster extends pulumi.ComponentResource {
      declare readonly kubeconfig: pulumi.Output<string>;
      constructor(name: string, args: pulumi.Inputs, options?: pulumi.ComponentResourceOptions) {
        super("eks:index:Cluster", name, { ...args, kubeconfig: undefined }, options, true);
      }
    }
    const recording = await record({
      ...dev,
      program: () => {
        const cluster = new Cluster("eks", { vpcId: "vpc-1", subnets: pulumi.output(["a", "b"]) });
        new ConfigMap("copy", { metadata: { name: "copy" }, data: { kubeconfig: cluster.kubeconfig } });
      },
    });
    expect(named(recording, "eks")).toMatchObject({ kind: "remote", inputs: { vpcId: "vpc-1", subnets: ["a", "b"] } });
    expect(named(recording, "copy")).toMatchObject({
      dependencies: [named(recording, "eks").urn],
      inputs: { data: { kubeconfig: unknownValue } },
      unknownInputs: ["data.kubeconfig"],
    });
  });
});

describe("invokes", () => {
  const program = (): object => ({
    zones: pulumi.runtime.invokeOutput("aws:index/getZones:getZones", { state: "up" }),
  });

  test("are answered from the table", async () => {
    const answers = { "aws:index/getZones:getZones": ({ state }: { state?: unknown }) => ({ names: [state] }) };
    const { outputs } = await record({ ...dev, program, answers });
    expect(outputs).toEqual({ zones: { names: ["up"] } });
  });

  test("without an answer are an error that names the token", async () => {
    await expect(record({ ...dev, program })).rejects.toThrow(
      'invoke "aws:index/getZones:getZones" has no answer; add one to answers (given: none)',
    );
  });
});

describe("errors", () => {
  test.each([
    [
      "thrown",
      () => {
        throw new pulumi.RunError("the config is wrong");
      },
    ],
    ["rejected", () => Promise.reject(new pulumi.RunError("the config is wrong"))],
    ["missing configuration", () => ({ a: new pulumi.Config().require("the config is wrong") })],
  ])("of the program reach the caller: %s", async (_name, program) => {
    await expect(record({ ...dev, program: program })).rejects.toThrow("the config is wrong");
  });

  // A test runner listens to unhandled rejections before anybody else can, so this program runs in a process of its own.
  test("of an apply reach the caller, whether or not anybody waits for its output", async () => {
    const script = join(import.meta.dirname, "fixtures", "record-late-errors.ts");
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script]);
    expect(stdout.trim().split("\n")).toEqual([
      "stack output: wrong",
      'input: error serializing property "metadata": wrong',
      "nobody waits: wrong",
      "fine: team-dev",
    ]);
  });

  test("two resources of one URN are refused, and the next recording is unharmed", async () => {
    const twice = (): void => {
      new Namespace("n", { metadata: { name: "n" } });
      new Namespace("n", { metadata: { name: "m" } });
    };
    await expect(record({ ...dev, program: twice })).rejects.toThrow(/two resources have the URN .*Namespace::n"/);
    await expect(record(dev)).resolves.toMatchObject({ outputs: { owner: "team-dev" } });
  });

  test("a program that exports no function is told what to export", async () => {
    const program = join(import.meta.dirname, "fixtures", "not-a-function.ts");
    await expect(record({ ...dev, program })).rejects.toThrow(/default export is object; write "export default async/);
  });
});

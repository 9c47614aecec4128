import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { readStackConfig, secret, secretPlaceholder } from "../../rehearsal/stack-config.ts";

const platform = join(import.meta.dirname, "fixtures", "platform");

describe("a stack's configuration", () => {
  test("has the stack's values, the project's defaults and values of other namespaces", () => {
    expect(readStackConfig({ project: platform, stack: "prod" }).values).toEqual({
      "aws:region": "us-east-1",
      "fixture:debug": "false",
      "fixture:network": '{"cidr":"10.1.0.0/16"}',
      "fixture:owner": "team-prod",
      "fixture:ports": "[]",
      "fixture:region": "eu-west-1",
      "fixture:replicas": "5",
      "fixture:zones": '["a","b"]',
    });
  });

  test("never opens a secret: the placeholder stands in, and the key is listed as secret", () => {
    const { values, secretKeys } = readStackConfig({ project: platform, stack: "dev" });
    expect(values["fixture:password"]).toBe(secretPlaceholder);
    expect(values["fixture:login"]).toBe(JSON.stringify({ token: secretPlaceholder, user: "admin" }));
    expect(secretKeys).toEqual(["fixture:login", "fixture:password"]);
  });

  test("takes overrides in memory, plain, secret or removed, and another stack file", () => {
    const { values, secretKeys } = readStackConfig({
      project: platform,
      stack: "anything",
      stackFile: join(platform, "Pulumi.dev.yaml"),
      config: { "replicas": 7, "fixture:password": secret("open"), "login": undefined, "extra": { deep: [1] } },
    });
    expect(values).toMatchObject({
      "fixture:replicas": "7",
      "fixture:password": "open",
      "fixture:extra": '{"deep":[1]}',
    });
    expect(values).not.toHaveProperty("fixture:login");
    expect(secretKeys).toEqual(["fixture:password"]);
  });

  test("of a stack without a file is an error that names the stacks there are", () => {
    expect(() => readStackConfig({ project: platform, stack: "porduction" })).toThrow(/stacks here: dev, prod/);
  });
});

describe("what the engine refuses is refused", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-config-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Reads a project of one stack from the text of its two files. */
  function read(project: string, stack: string): Readonly<Record<string, string>> {
    writeFileSync(join(folder, "Pulumi.yaml"), `name: p\nruntime: nodejs\nconfig:\n${project}`);
    writeFileSync(join(folder, "Pulumi.s.yaml"), stack);
    return readStackConfig({ project: folder, stack: "s" }).values;
  }

  test.each([
    ["a missing value", "  a: { type: string }", "", "a: is missing; the project declares it without a default"],
    ["text for an integer", "  a: { type: integer }", "config: { a: many }", "must be of type integer; given: many"],
    ["a half for an integer", "  a: { type: integer }", "config: { a: 1.5 }", "must be of type integer; given: 1.5"],
    ["text for a boolean", "  a: { type: boolean }", "config: { a: yes }", "must be of type boolean; given: yes"],
    ["an object for a string", "  a: { type: string }", "config: { a: { b: 1 } }", 'of type string; given: {"b":1}'],
    [
      "a number among strings",
      "  a: { type: array, items: { type: string } }",
      "config: { a: [x, 1] }",
      'must be of type array<string>; given: ["x",1]',
    ],
    ["plain text for a secret", "  a: { type: string, secret: true }", "config: { a: x }", "must be encrypted"],
    ["a wrong default", "  a: { type: integer, default: x }", "", '"x" is not of the declared type integer'],
    ["an unknown type", "  a: { type: number }", "", "Invalid option"],
    ["an unknown attribute", "  a: { type: string, defualt: x }", "", "defualt"],
    ["an array without items", "  a: { type: array }", "", "an array needs the type of its items"],
    ["default and value", "  a: { default: 1, value: 2 }", "", "has both a default and a value"],
    ["a type in another namespace", "  aws:region: { type: string }", "", "so it may only have a value"],
    ["too many colons", "  a: x", "config: { 'a:b:c': 1 }", 'key "a:b:c" is not allowed'],
    ["a bare date", "  a: x", "config: { day: 2026-01-01 }", "config.day: a bare date is rewritten by the engine"],
    ["environments of the service", "  a: x", "environment: [shared]", "environment: needs the Pulumi service"],
    ["broken YAML", "  a: x", "config: [", "not valid YAML"],
  ])("%s", (_name, project, stack, message) => {
    expect(() => read(project, stack)).toThrow(message);
  });

  test("all problems of a stack are told at once", () => {
    expect(() => read("  b: { type: integer }\n  a: { type: string }\n", "config: { b: x }")).toThrow(
      /a: is missing.*\n {2}b: must be of type integer/,
    );
  });

  test("what the engine accepts is accepted", () => {
    const project = [
      "  text: { type: string }",
      "  whole: { type: integer }",
      "  flag: { type: boolean }",
      "  nothing: { type: string }",
      "  object: { type: object }",
      "",
    ].join("\n");
    const stack = [
      "config: { text: 8080, p:whole: '7', flag: 'true', nothing: , undeclared: x,",
      "  p:config:object: { z: null, a: [true] } }",
    ].join("\n");
    expect(read(project, stack)).toEqual({
      "p:text": "8080",
      "p:whole": "7",
      "p:flag": "true",
      "p:nothing": "",
      "p:undeclared": "x",
      "p:object": '{"a":[true],"z":null}',
    });
  });
});

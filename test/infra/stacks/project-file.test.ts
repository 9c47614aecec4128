import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

import { configSchema } from "../../../infra/config/schema.ts";
import { secretKeys } from "../../../infra/config/secret-keys.ts";
import * as versions from "../../../infra/versions.ts";

import { root, stackNames } from "./stack.ts";

interface Declaration {
  readonly type: string;
  readonly items?: { readonly type: string };
  readonly default: unknown;
  readonly description: string;
  readonly secret?: boolean;
}

const yaml = (file: string) => parse(readFileSync(join(root, file), "utf8")) as Record<string, unknown>;
const project = yaml("Pulumi.yaml") as {
  name: string;
  main: string;
  runtime: { name: string; options: Record<string, unknown> };
  config: Record<string, Declaration>;
};

/** How a value is typed in Pulumi.yaml. */
function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

describe("Pulumi.yaml", () => {
  test("declares every key of the schema and the secrets, and no other", () => {
    expect(Object.keys(project.config).sort()).toEqual([...Object.keys(configSchema.shape), ...secretKeys].sort());
  });

  test.each(Object.entries(project.config))(
    "gives %s a type, a default of that type and a description",
    (_key, declaration) => {
      expect(["string", "integer", "boolean", "array", "object"]).toContain(declaration.type);
      expect(typeOf(declaration.default)).toBe(declaration.type);
      expect(declaration.description).toMatch(/^(\S+ ){3,}\S+[.:)]?$/);
      if (declaration.type === "array") expect(["string", "object"]).toContain(declaration.items?.type);
      // The engine would ask for an encrypted value, which a default cannot be.
      expect(declaration).not.toHaveProperty("secret");
    },
  );

  test.each(secretKeys)("has no value for the secret %s", (key) => {
    expect(project.config[key]?.default).toBe("");
  });

  test("starts the program with the fast loader", () => {
    expect(project.runtime).toEqual({
      name: "nodejs",
      options: { packagemanager: "npm", typescript: false, nodeargs: "--import tsx" },
    });
    expect(project.main).toBe("infra/index.ts");
  });
});

describe.each(stackNames)("Pulumi.%s.yaml", (name) => {
  const stack = yaml(`Pulumi.${name}.yaml`);
  const values = Object.entries(stack["config"] as Record<string, unknown>);

  test("holds configuration alone, under declared keys", () => {
    expect(Object.keys(stack)).toEqual(["config"]);
    const keys = values.map(([key]) => key.split(":"));
    for (const [namespace, key] of keys) {
      expect(namespace).toBe(project.name);
      expect(Object.keys(project.config)).toContain(key);
    }
  });

  test("holds nothing that is the default anyway", () => {
    const repeated = values.filter(([key, value]) => {
      const declared = project.config[key.slice(project.name.length + 1)];
      return isDeepStrictEqual(value, declared?.default);
    });
    expect(repeated).toEqual([]);
  });

  test("holds no secret in the open", () => {
    const secrets = values.filter(([key]) => (secretKeys as readonly string[]).includes(key.split(":")[1] ?? ""));
    for (const [, value] of secrets) expect(value).toEqual({ secure: expect.any(String) });
  });
});

describe("every version is exact", () => {
  const exact = /^v?\d+\.\d+\.\d+$/;

  test("of each chart", () => {
    const charts = Object.values(versions.charts);
    expect(charts.length).toBeGreaterThanOrEqual(5);
    for (const { chart, version, repository } of charts) {
      expect([chart, version]).toEqual([chart, expect.stringMatching(exact)]);
      expect(repository).toMatch(/^(https|oci):\/\//);
    }
  });

  test("of each image", () => {
    for (const { repository, tag } of Object.values(versions.images)) {
      // BuildKit names the kind of an image behind the version.
      expect([repository, tag.replace(/-rootless$/, "")]).toEqual([repository, expect.stringMatching(exact)]);
      expect(repository).not.toMatch(/[:@]/);
    }
  });

  test("of each Kubernetes release and its add-ons", () => {
    expect(Object.keys(versions.kubernetesReleases)).toEqual([...versions.kubernetesVersions]);
    expect(versions.kubernetesVersions).toContain(versions.defaultKubernetesVersion);
    for (const [release, { addOns }] of Object.entries(versions.kubernetesReleases)) {
      expect(release).toMatch(/^1\.\d+$/);
      for (const version of Object.values(addOns)) expect(version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
    }
  });

  test("of each npm package", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
      string,
      Record<string, string>
    >;
    const packages = Object.entries({ ...manifest["dependencies"], ...manifest["devDependencies"] });
    expect(packages.length).toBeGreaterThan(30);
    expect(packages.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    for (const kind of ["peerDependencies", "optionalDependencies"]) expect(manifest).not.toHaveProperty(kind);
  });

  test("and no branch that an environment follows is HEAD", () => {
    const text = stackNames.map((name) => readFileSync(join(root, `Pulumi.${name}.yaml`), "utf8")).join("\n");
    expect(text).not.toMatch(/\bHEAD\b|\blatest\b/);
  });
});

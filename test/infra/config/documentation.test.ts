import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { z } from "zod";

import { configSchema } from "../../../infra/config/schema.ts";
import { secretKeys } from "../../../infra/config/secret-keys.ts";

import { errorFor } from "./happy-path.ts";
import { objectsIn } from "./schema-walk.ts";

const text = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "configuration.md"), "utf8");

/** The sections by heading, in backticks or not. */
const sections = new Map(
  text.split(/^#{2,3} /m).map((section) => {
    const [heading = "", ...body] = section.split("\n");
    return [heading.replaceAll("`", ""), body.join("\n")];
  }),
);

/** Field -> type, default, meaning of a section's table. */
function rows(section: string): Map<string, string[]> {
  const lines = section.split("\n").filter((line) => line.startsWith("| `"));
  return new Map(
    lines.map((line) => {
      const [field = "", ...cells] = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [field.replaceAll("`", ""), cells];
    }),
  );
}

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly defaultValue?: unknown;
}

/** What the page must say in the column "default". */
function documentedDefault(field: z.ZodType): unknown {
  const { type, defaultValue, innerType } = field.def as unknown as Definition;
  if (type === "default" || type === "prefault") return defaultValue;
  if (type === "optional") return "_none_";
  return type === "readonly" ? documentedDefault(innerType!) : "_required_";
}

const objects = objectsIn(configSchema);

describe("docs/configuration.md", () => {
  test("is compared with every object of the schema", () => {
    expect(objects.length).toBeGreaterThan(18);
    expect(objects.map(({ path }) => path)).toContain("applications[].sync.<key>(windows).windows[]");
  });

  test.each(objects.map(({ path, shape }) => [path === "" ? "Keys of a stack" : path, shape] as const))(
    "describes the fields of %s with type, default and meaning",
    (heading, shape) => {
      const table = rows(sections.get(heading) ?? "");
      const documented = [...table.keys()].filter((field) => !(secretKeys as readonly string[]).includes(field));
      expect(documented).toEqual(Object.keys(shape));
      for (const [name, field] of Object.entries(shape)) {
        const [type = "", fallback = ""] = table.get(name) ?? [];
        expect([name, type]).toEqual([name, expect.stringMatching(/./)]);
        const said: unknown = fallback.startsWith("`") ? parse(fallback.slice(1, -1)) : fallback;
        expect([name, said]).toEqual([name, documentedDefault(field)]);
      }
    },
  );

  test("names the secrets", () => {
    expect([...rows(sections.get("Keys of a stack") ?? "").keys()]).toEqual(expect.arrayContaining([...secretKeys]));
  });

  const examples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, example = ""]) => {
    const values = parse(example) as Record<string, unknown>;
    return (values["config"] ?? values) as Record<string, unknown>;
  });

  test.each(examples.map((example) => [Object.keys(example).join(", "), example] as const))(
    "has a right example of %s",
    (_keys, example) => {
      const changes = Object.entries(example).map(([key, value]) => {
        expect(key).toMatch(/^gitops-platform:/);
        return [key.slice("gitops-platform:".length), value] as const;
      });
      expect(errorFor(Object.fromEntries(changes))).toBe("");
    },
  );

  test("has an example of every key but `controllers`", () => {
    const shown = new Set(examples.flatMap((example) => Object.keys(example)).map((key) => key.split(":")[1]));
    expect(Object.keys(configSchema.shape).filter((key) => !shown.has(key))).toEqual(["controllers"]);
  });

  test("links only to sections that it has", () => {
    const anchor = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-");
    const anchors = new Set([...sections.keys()].map(anchor));
    const broken = [...text.matchAll(/\]\(#([^)]*)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !anchors.has(target));
    expect(broken).toEqual([]);
  });
});

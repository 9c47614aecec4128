import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import { execaSync } from "execa";

import { projectDirectory } from "../../local/layout.ts";

const english = read("README.md");
const chinese = read("README.zh-CN.md");

describe("the two READMEs are kept alike", () => {
  test("in the number and level of headings", () => {
    expect(headingLevels(chinese)).toEqual(headingLevels(english));
  });

  test("in every command", () => {
    expect(commands(english).length).toBeGreaterThan(10);
    expect(commands(chinese)).toEqual(commands(english));
  });

  test("in the rows of every table", () => {
    expect(tableKeys(chinese)).toEqual(tableKeys(english));
  });

  test("in the files they link to", () => {
    const others = (text: string) => links(text).filter((link) => !link.startsWith("README"));
    expect(others(chinese)).toEqual(others(english));
  });
});

describe("what the documents say is there", () => {
  const documents = execaSync("git", ["ls-files", "*.md"], { cwd: projectDirectory, lines: true }).stdout;

  test.each(documents)("every link of %s leads to a file", (document) => {
    const missing = links(read(document)).filter(
      (link) => !existsSync(join(projectDirectory, dirname(document), link.replace(/#.*/, ""))),
    );
    expect(missing).toEqual([]);
  });

  test.each(documents)("every npm script of %s exists", (document) => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...read(document).matchAll(/npm run (?:-\S+ )*([a-z]+)/g)].map(([, script]) => script ?? "");
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  test.each(documents)("every source file that %s names is there", (document) => {
    const named = [
      ...read(document).matchAll(/`((?:infra|policies|test|cli|local|rehearsal|demo|bench)\/[\w./-]+\.ts)`/g),
      ...read(document).matchAll(/`(test\/[\w./-]+)`/g),
    ];
    expect(named.map(([, path]) => path ?? "").filter((path) => !existsSync(join(projectDirectory, path)))).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(join(projectDirectory, file), "utf8");
}

function headingLevels(text: string): number[] {
  return [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length ?? 0);
}

function commands(text: string): string[] {
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block?.trim().split("\n") ?? []);
}

/** The first cell of each row that holds a link or a name; headings and prose are translated. */
function tableKeys(text: string): string[] {
  return [...text.matchAll(/^\| *(\[[^\]]+\]|dev|staging|prod)\b/gm)].map(([, key]) => key ?? "");
}

function links(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link]) => link ?? "");
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, "");
}

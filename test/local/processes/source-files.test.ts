import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterEach, beforeEach, expect, test } from "@jest/globals";

import type { Layout } from "../../../local/layout.ts";
import { choosePorts, ensureProcess, sourceFiles } from "../../../local/processes/index.ts";

import { removeLayout, serverSpec, temporaryLayout } from "./fixtures.ts";

let paths: Layout;

beforeEach(async () => {
  paths = await temporaryLayout();
});
afterEach(() => removeLayout(paths));

test("a program that runs from its sources is restarted when one of them changes, comes or goes", async () => {
  const folder = join(paths.directory, "program");
  const below = join(folder, "below");
  await mkdir(below, { recursive: true });
  await writeFile(join(folder, "main.ts"), "1");
  await writeFile(join(folder, "README.md"), "1");
  const { http } = await choosePorts(paths, "server", ["http"]);
  const outcome = async (): Promise<string> => {
    const files = await sourceFiles([pathToFileURL(`${folder}/`)]);
    return (await ensureProcess(paths, serverSpec(http, { files }))).outcome;
  };
  expect(await outcome()).toBe("started");
  await writeFile(join(folder, "README.md"), "2");
  expect(await outcome()).toBe("kept");
  await writeFile(join(folder, "main.ts"), "2");
  expect(await outcome()).toBe("restarted");
  await writeFile(join(below, "part.ts"), "1");
  expect(await outcome()).toBe("restarted");
});

import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { parse } from "yaml";

import { writeStackFile } from "../../../local/engines/stack-file.ts";
import { layout, prepareLayout, projectDirectory } from "../../../local/layout.ts";
import { alertsUrl } from "../../../local/receiver/index.ts";
import { record } from "../../../rehearsal/index.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gitops-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

test("the stack of a platform sends Flagger's alerts to its own receiver, at an address that its owner alone can read", async () => {
  const platform = layout(join(directory, "local"));
  await prepareLayout(platform);
  const file = await writeStackFile(platform);
  const { config } = parse(await readFile(file, "utf8")) as { readonly config: Readonly<Record<string, unknown>> };
  const address = await alertsUrl(platform);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/alerts\/[\w-]{43}$/);
  expect(config["gitops-platform:alertsAddress"]).toBe(address);
  expect((await stat(file)).mode & 0o077).toBe(0);

  const { resources } = await record({ stack: "local", project: projectDirectory, stackFile: file });
  const addresses = resources
    .filter(({ type }) => type === "kubernetes:core/v1:Secret")
    .map(({ inputs }) => (inputs["stringData"] as { readonly address?: string }).address);
  expect(addresses).toEqual([address, address, address]);
}, 60_000);

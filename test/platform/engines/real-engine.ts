import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";

import { installedPulumi } from "../../../local/engines/find-pulumi.ts";
import { projectDirectory } from "../../../local/layout.ts";

/**
 * Why the real engine cannot run the local stack on this machine; `undefined` when it can. Takes under a second and
 * fetches nothing.
 */
export async function whyNoRealEngine(): Promise<string | undefined> {
  const pulumi = await installedPulumi();
  if (pulumi === undefined) return "no pulumi on PATH";
  const manifest = join(projectDirectory, "node_modules", "@pulumi", "kubernetes", "package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { readonly version: string };
  const listed = await execa(pulumi, ["plugin", "ls", "--json"], {
    env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    cwd: "/",
    reject: false,
    timeout: 10_000,
  });
  if (listed.failed) return `${pulumi} plugin ls failed: ${listed.shortMessage}`;
  const plugins = JSON.parse(listed.stdout) as readonly { readonly name: string; readonly version: string }[];
  if (plugins.some((plugin) => plugin.name === "kubernetes" && plugin.version === version)) return undefined;
  return `pulumi has no plugin kubernetes ${version} (pulumi plugin install resource kubernetes ${version})`;
}

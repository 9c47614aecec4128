import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";

import { projectDirectory } from "../../local/layout.ts";

/** A browser on disk, and what it needs to start. */
export interface ChromiumFiles {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The Chromium of the npm package `@sparticuz/chromium`, unpacked once below node_modules/.cache: a fresh machine needs
 * nothing but `npm ci`. `CHROMIUM_PATH` names another one. The package is made for Linux on x64.
 *
 * The libraries that a plain machine lacks (NSS) come with it, and so does one font; it unpacks them only where it takes
 * the machine for AWS Lambda (@sparticuz/chromium 143.0.4, build/esm/helper.js), so it is told that it is one, in a
 * process of its own.
 */
export async function chromiumFiles(): Promise<ChromiumFiles> {
  const own = process.env["CHROMIUM_PATH"];
  if (own !== undefined && own !== "") return { executablePath: own, env: {} };
  const packageFolder = join(projectDirectory, "node_modules", "@sparticuz", "chromium");
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as { version: string };
  const folder = join(projectDirectory, "node_modules", ".cache", `chromium-${version}`);
  if (!existsSync(folder)) await unpack(folder);
  return {
    executablePath: join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_FILE: join(folder, "fonts.conf") },
  };
}

/** Into another folder first: tests of two processes may come here at the same time. */
async function unpack(folder: string): Promise<void> {
  await mkdir(join(folder, ".."), { recursive: true });
  const partial = await mkdtemp(`${folder}-`);
  const script = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
  await execa(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: projectDirectory,
    env: { TMPDIR: partial, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x", NODE_OPTIONS: "" },
  });
  await writeFile(join(partial, "fonts.conf"), fontsConf(folder));
  try {
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** Without any font Chromium crashes at the first control of a form: the package's, and those that the machine has. */
const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;

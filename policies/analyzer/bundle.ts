import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

import { packageEntries } from "./package-entries.ts";
import { packagesFolder, packFolder } from "./paths.ts";

/** The files that a bundle was made of, from the pack's folder, and their digest. */
interface Manifest {
  readonly inputs: readonly string[];
  readonly digest: string;
}

const folders = [join(packagesFolder, ".cache", "gitops-policies"), join(tmpdir(), "gitops-policies")];

/** Ends the pack's process with the one that started it: its standard input closes. */
const endWithParent = 'process.stdin.resume().on("end", () => process.exit(0));';

/**
 * The pack as one CommonJS file. Loading its packages one by one costs a second of CPU, most of it for parts of the SDK
 * that a pack never calls; the bundle takes a fifth. It is made again when the content of a file that is in it changes.
 * @returns path of the file
 */
export async function packBundle(): Promise<string> {
  for (const folder of folders) {
    const found = await fromCache(folder);
    if (found !== undefined) return found;
  }
  return build();
}

async function fromCache(folder: string): Promise<string | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest;
    const file = join(folder, `pack-${manifest.digest}.cjs`);
    if ((await digestOf(manifest.inputs)) !== manifest.digest) return undefined;
    await readFile(file);
    return file;
  } catch {
    // Never made, removed, or of another version: it is made again.
    return undefined;
  }
}

async function build(): Promise<string> {
  // Loaded here: a start from the cache does not need it.
  const esbuild = await import("esbuild");
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [join(packFolder, "index.ts")],
    absWorkingDir: packFolder,
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minifySyntax: true,
    minifyWhitespace: true,
    define: { "import.meta.url": JSON.stringify(`file://${join(packFolder, "index.ts")}`) },
    banner: { js: endWithParent },
    plugins: [packageEntries],
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs)
    .map((input) => relative(packFolder, resolve(packFolder, input)))
    .filter((input) => !input.includes("node_modules") && !input.includes("package-entries:"));
  // Of packages the versions are enough.
  const packages = ["@pulumi/policy", "@pulumi/pulumi", "@grpc/grpc-js", "yaml", "esbuild"];
  inputs.push(...packages.map((name) => relative(packFolder, join(packagesFolder, name, "package.json"))));
  inputs.push("analyzer/bundle.ts", "analyzer/package-entries.ts");
  return keep(outputFiles[0]?.text ?? "", inputs.sort());
}

/** Two processes may do this at once: files are put in place whole. */
async function keep(code: string, inputs: readonly string[]): Promise<string> {
  const digest = await digestOf(inputs);
  let failure: unknown;
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      const file = join(folder, `pack-${digest}.cjs`);
      await put(file, code);
      await put(join(folder, "manifest.json"), JSON.stringify({ inputs, digest } satisfies Manifest));
      return file;
    } catch (error) {
      failure = error;
    }
  }
  throw new Error(`the policy pack's bundle can be kept in none of ${folders.join(", ")}`, { cause: failure });
}

async function put(file: string, content: string): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, file);
}

/** The place counts too: it is written into the bundle. */
async function digestOf(inputs: readonly string[]): Promise<string> {
  const contents = await Promise.all(inputs.map((input) => readFile(join(packFolder, input))));
  const hash = createHash("sha256").update(packFolder);
  for (const [index, content] of contents.entries()) hash.update(`\0${inputs[index]}\0`).update(content);
  return hash.digest("hex").slice(0, 16);
}

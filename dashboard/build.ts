import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** One file of the page that never changes: its name has a hash of its content. */
export interface PageAsset {
  /** For the header `Content-Type`. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Everything that a browser needs; nothing of it comes from another server. */
export interface Page {
  /** The document at `/`. It has no inline script and no inline style, so that a strict Content-Security-Policy holds. */
  readonly html: string;
  /** By the name below `/assets/`, such as `main-3XJQ2F7K.js`. */
  readonly assets: ReadonlyMap<string, PageAsset>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Browsers that know `light-dark()` and `<dialog>`: those since May 2024. */
const target = ["chrome123", "firefox120", "safari17.5"];

/**
 * Bundles the page from this folder; it takes a fraction of a second.
 * @throws esbuild's BuildFailure
 */
export async function buildPage(): Promise<Page> {
  const source = dirname(fileURLToPath(import.meta.url));
  // Loaded here: most commands do not need it.
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(source, "main.tsx"), join(source, "main.css")],
    absWorkingDir: source,
    outdir: "/assets",
    entryNames: "[name]-[hash]",
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
    target,
    // Not what tsconfig.json of the folder that the command is started in says.
    tsconfigRaw: { compilerOptions: { jsx: "react-jsx", jsxImportSource: "preact", verbatimModuleSyntax: true } },
    logLevel: "silent",
  });
  const icon = await readFile(join(source, "icon.svg"));
  const assets = new Map<string, PageAsset>([[`icon-${digest(icon)}.svg`, asset(".svg", icon)]]);
  for (const { path, contents } of outputFiles) {
    assets.set(path.slice(path.lastIndexOf("/") + 1), asset(extname(path), contents));
  }
  const html = await readFile(join(source, "index.html"), "utf8");
  // Relative, so that the page also works below a path of an ingress.
  const named = (ending: string): string => `assets/${[...assets.keys()].find((name) => name.endsWith(ending)) ?? ""}`;
  const links: Readonly<Record<string, string>> = {
    "./icon.svg": named(".svg"),
    "./main.css": named(".css"),
    "./main.tsx": named(".js"),
  };
  return { html: html.replaceAll(/\.\/[a-z]+\.(?:svg|css|tsx)/g, (name) => links[name] ?? name), assets };
}

const asset = (extension: string, body: Uint8Array): PageAsset => ({
  contentType: contentTypes[extension] ?? "application/octet-stream",
  body,
});

const digest = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex").slice(0, 8);

import { createHash } from "node:crypto";

import { buildPage } from "../../dashboard/build.ts";
import type { Page } from "../../dashboard/build.ts";

/** The page, ready to be served. A name that is not among its assets is no file: no path ever reaches the disk. */
export interface PageAssets extends Page {
  /** Of the document, for `If-None-Match`. */
  readonly etag: string;
}

let built: Promise<PageAssets> | undefined;

/**
 * Builds the page on first use and keeps it: from the sources, so that a fresh clone needs no step of its own.
 * @throws esbuild's BuildFailure
 */
export function pageAssets(): Promise<PageAssets> {
  return (built ??= buildPage().then((page) => {
    const digest = createHash("sha256").update(page.html).digest("base64url").slice(0, 22);
    return { ...page, etag: `"${digest}"` };
  }));
}

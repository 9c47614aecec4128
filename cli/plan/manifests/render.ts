import { join } from "node:path";

import { execa } from "execa";
import pLimit from "p-limit";
import { parseAllDocuments } from "yaml";

import { UsageError } from "../../errors.ts";
import { sealInputs } from "../seal.ts";

import { RenderCache } from "./cache.ts";
import type { Overlay } from "./overlays.ts";

/** A rendered Kubernetes object. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  /** All of it; for the policies alone. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The same with every secret sealed: what may be printed. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** An overlay with its objects. */
export interface RenderedOverlay extends Overlay {
  readonly objects: readonly RenderedObject[];
}

/** How to render. */
export interface RenderOptions {
  /** Finds kustomize; asked for when an overlay is not in the cache. */
  readonly kustomize: () => Promise<string>;
  readonly project: string;
  /** For the seals: see seal.ts. */
  readonly key: string;
  readonly signal: AbortSignal;
}

/**
 * Renders overlays as Argo CD would.
 * @throws UsageError with kustomize's own words when one does not render
 */
export function renderOverlays(
  overlays: readonly Overlay[],
  options: RenderOptions,
): Promise<readonly RenderedOverlay[]> {
  // More processes than cores only wait for each other.
  const limit = pLimit(2);
  const cache = RenderCache.of(options.project);
  return Promise.all(
    overlays.map(async (overlay) => {
      const documents = await cache.get(overlay.path, () => limit(() => build(overlay.path, options)));
      return { ...overlay, objects: documents.flatMap((document) => describe(document, options.key)) };
    }),
  );
}

async function build(path: string, { kustomize, project, signal }: RenderOptions): Promise<readonly unknown[]> {
  const tool = await kustomize();
  const result = await execa(tool, ["build", join(project, path)], { cancelSignal: signal, reject: false });
  signal.throwIfAborted();
  if (result.failed) {
    throw new UsageError(`${path}: does not render: ${result.stderr.trim()}; mend it and run kustomize build ${path}`);
  }
  return parseAllDocuments(result.stdout).map((document) => document.toJS() as unknown);
}

function describe(document: unknown, key: string): readonly RenderedObject[] {
  if (typeof document !== "object" || document === null) return [];
  const raw = document as Readonly<Record<string, unknown>>;
  const metadata = (raw["metadata"] ?? {}) as Readonly<Record<string, unknown>>;
  return [
    {
      apiVersion: String(raw["apiVersion"]),
      kind: String(raw["kind"]),
      name: String(metadata["name"]),
      namespace: typeof metadata["namespace"] === "string" ? metadata["namespace"] : undefined,
      raw,
      content: sealInputs({ type: "", inputs: raw, secretInputs: [] }, [], key),
    },
  ];
}

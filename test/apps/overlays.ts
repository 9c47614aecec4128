import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { V1Container, V1Deployment, V1PodSpec } from "@kubernetes/client-node";

import { environmentNames } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { render, root } from "../support/kustomize.ts";
import type { Manifest } from "../support/kustomize.ts";

/** One overlay and what it renders to. */
export interface Overlay {
  readonly application: string;
  readonly environment: Environment;
  /** From the root of the repository. */
  readonly path: string;
  readonly manifests: readonly Manifest[];
}

/** Folders under `apps/` that are applications. */
export const applications: readonly string[] = readdirSync(join(root, "apps"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "components")
  .map((entry) => entry.name)
  .sort();

/** Every overlay of every application, rendered. A missing one fails here, with what kustomize says. */
export async function renderOverlays(): Promise<readonly Overlay[]> {
  const paths = applications.flatMap((application) =>
    environmentNames.map((environment) => ({
      application,
      environment,
      path: `apps/${application}/overlays/${environment}`,
    })),
  );
  return Promise.all(paths.map(async (overlay) => ({ ...overlay, manifests: await render(overlay.path) })));
}

/** The only object of a kind. */
export function only<T>(overlay: Pick<Overlay, "path" | "manifests">, kind: string): T {
  const found = overlay.manifests.filter((manifest) => manifest.kind === kind);
  if (found.length !== 1) throw new Error(`${overlay.path} renders ${found.length} objects of kind ${kind}, not 1`);
  return found[0] as T;
}

/** The Deployment with the pod and the one container that it must have. */
export function workload(overlay: Pick<Overlay, "path" | "manifests">): {
  readonly deployment: V1Deployment;
  readonly pod: V1PodSpec;
  readonly container: V1Container;
} {
  const deployment = only<V1Deployment>(overlay, "Deployment");
  const pod = deployment.spec?.template.spec;
  const [container, ...others] = pod?.containers ?? [];
  if (pod === undefined || container === undefined || others.length > 0)
    throw new Error(`${overlay.path}: a Deployment has one container here`);
  return { deployment, pod, container };
}

/** Every value in a document with its path, for rules such as "nowhere". */
export function* leaves(value: unknown, path = ""): Generator<readonly [path: string, value: unknown]> {
  if (typeof value !== "object" || value === null) yield [path, value];
  else for (const [key, child] of Object.entries(value)) yield* leaves(child, `${path}/${key}`);
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { failureResponseOf } from "../config/delivery.ts";
import type { ApplicationSettings, FailureResponse, SyncStrategy } from "../config/delivery.ts";
import type { Problem } from "../config/problems.ts";
import type { Environment } from "../environments.ts";

/** Folder of shared Kustomize components; it is no application. */
const sharedFolder = "components";

/** One application in one environment. */
export interface Deployment {
  /** Folder under `apps/`. */
  readonly application: string;
  readonly environment: Environment;
  /** Path of the overlay from the root of the repository. */
  readonly path: string;
  /** Strategy from the stack's configuration; `undefined` leaves it to the environment. */
  readonly sync: SyncStrategy | undefined;
  readonly onFailure: FailureResponse;
  /** Whether the overlay has a `flags.json`. */
  readonly flags: boolean;
}

/**
 * Finds the applications: each folder under `apps/` is one, in every environment that the stack serves unless its
 * entry in the configuration says otherwise.
 * @param root of the repository
 * @returns the deployments by name of folder, and every folder without overlay or entry without folder as a problem
 */
export function discover(
  root: string,
  served: readonly Environment[],
  settings: readonly ApplicationSettings[],
): { readonly deployments: readonly Deployment[]; readonly problems: readonly Problem[] } {
  const folders = applicationFolders(root);
  const problems: Problem[] = [];
  settings.forEach(({ name }, index) => {
    if (folders.includes(name)) return;
    problems.push({
      path: `applications[${index}].name`,
      message: `"${name}" has no folder under apps/; allowed: ${folders.join(", ")}; add apps/${name} or remove the entry`,
    });
  });
  const deployments = folders.flatMap((application) => {
    const entry = settings.find(({ name }) => name === application);
    return (entry?.environments ?? served).map((environment): Deployment => {
      const path = `apps/${application}/overlays/${environment}`;
      if (!existsSync(join(root, path, "kustomization.yaml"))) {
        problems.push({
          path: `apps/${application}`,
          message:
            `there is no ${path}/kustomization.yaml; allowed: an overlay for each environment of the application; ` +
            `add it, or list the application's environments without "${environment}" in applications`,
        });
      }
      return {
        application,
        environment,
        path,
        sync: entry?.sync[environment],
        onFailure: failureResponseOf(entry),
        flags: existsSync(join(root, path, "flags.json")),
      };
    });
  });
  return { deployments, problems };
}

/** Names of the folders under `apps/` that are applications, sorted. */
export function applicationFolders(root: string): string[] {
  // Copied: under Jest, Node's arrays are of another realm, and Pulumi's SDK would take what is made of them for objects.
  return [...readdirSync(join(root, "apps"), { withFileTypes: true })]
    .filter((entry) => entry.isDirectory() && entry.name !== sharedFolder)
    .map((entry) => entry.name)
    .sort();
}

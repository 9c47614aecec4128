import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** One overlay: a folder that is one Application in one environment. */
export interface Overlay {
  readonly environment: string;
  /** From the root of the project: `apps/app/overlays/dev`. */
  readonly path: string;
}

/** Every overlay under `apps/`, sorted by path. */
export function findOverlays(project: string): readonly Overlay[] {
  return folders(join(project, "apps")).flatMap((application) =>
    folders(join(project, "apps", application, "overlays")).flatMap((environment) => {
      const path = `apps/${application}/overlays/${environment}`;
      const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
      return names.some((name) => existsSync(join(project, path, name))) ? [{ environment, path }] : [];
    }),
  );
}

function folders(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

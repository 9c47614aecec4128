import { findKustomize } from "../plan/manifests/kustomize.ts";
import { findOverlays } from "../plan/manifests/overlays.ts";
import { renderOverlays } from "../plan/manifests/render.ts";
import type { Project } from "../plan/project.ts";

import type { Facts, FoundObject } from "./model.ts";

/**
 * Everything that the overlays under apps/ render to.
 * @param environments only theirs; undefined for all
 * @throws UsageError with kustomize's own words when one does not render
 */
export async function readOverlays(
  project: Project,
  environments: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Pick<Facts, "objects" | "gaps">> {
  const overlays = findOverlays(project.directory).filter(
    ({ environment }) => environments === undefined || environments.includes(environment),
  );
  try {
    // Nothing of the objects is printed but their names: no seal is needed.
    const options = { kustomize: () => findKustomize(signal), project: project.directory, key: "", signal };
    const rendered = await renderOverlays(overlays, options);
    const objects = rendered.flatMap(({ path, objects: inside }): readonly FoundObject[] =>
      inside.map(({ apiVersion, kind, name }) => ({ where: path, apiVersion, kind, name })),
    );
    return { objects, gaps: [] };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "NoKustomize") throw error;
    const about = { check: "apis", level: "unknown", where: "overlays under apps/" } as const;
    return {
      objects: [],
      gaps: [{ ...about, what: error.message, allowed: "overlays that render", mend: "npm run tools -- kustomize" }],
    };
  }
}

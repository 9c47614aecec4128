import { execa } from "execa";

import { parseObjects } from "./documents.ts";
import type { KubernetesObject } from "./rest-client.ts";

/**
 * The objects of a kustomization.
 *
 * @param kustomize path of the binary
 * @throws an error with what kustomize said
 */
export async function buildKustomization(kustomize: string, folder: string): Promise<readonly KubernetesObject[]> {
  const { stdout } = await execa(kustomize, ["build", folder]);
  return parseObjects(stdout, folder);
}

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { parseObjects } from "../kubernetes/documents.ts";
import type { Installation } from "../kubernetes/install.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { fieldManager, fluxNamespace } from "./names.ts";
import { fluxRights } from "./rights.ts";
import type { Rule } from "./rights.ts";
import type { FluxTools } from "./tools.ts";

/** What Flux needs in the cluster, from the files of its own modules. */
export async function fluxInstallation({ files }: Pick<FluxTools, "files">): Promise<Installation> {
  const folders = [files["source-controller"], files["kustomize-controller"]] as const;
  const objects = fluxRights({ source: await rulesOf(folders[0]), kustomize: await rulesOf(folders[1]) });
  return {
    namespace: { apiVersion: "v1", kind: "Namespace", metadata: { name: fluxNamespace } },
    digestAnnotation: "gitops.platform/flux-install",
    // The folders' names are of the modules' contents (local/tools/cache.ts): the CRDs need not be read to know them.
    digest: createHash("sha256")
      .update(JSON.stringify([folders, objects]))
      .digest("hex"),
    definitions: async () => (await Promise.all(folders.map(definitions))).flat(),
    objects,
    fieldManager,
  };
}

async function definitions(module: string): Promise<readonly KubernetesObject[]> {
  const folder = join(module, "config/crd/bases");
  const names = (await readdir(folder)).sort();
  return (
    await Promise.all(names.map(async (name) => parseObjects(await readFile(join(folder, name), "utf8"), name)))
  ).flat();
}

async function rulesOf(module: string): Promise<readonly Rule[]> {
  const file = join(module, "config/rbac/role.yaml");
  const role = parseObjects(await readFile(file, "utf8"), file).find(({ kind }) => kind === "ClusterRole");
  if (role === undefined) throw new Error(`${file} has no ClusterRole; look at it`);
  return (role as KubernetesObject & { readonly rules: readonly Rule[] }).rules;
}

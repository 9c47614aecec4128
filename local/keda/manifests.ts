import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { parseObjects } from "../kubernetes/documents.ts";
import type { Installation } from "../kubernetes/install.ts";
import { buildKustomization } from "../kubernetes/kustomize.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { fieldManager, kedaNamespace } from "./names.ts";
import { kedaRights } from "./rights.ts";
import type { Rule } from "./rights.ts";
import type { KedaTools } from "./tools.ts";

interface ClusterRole extends KubernetesObject {
  readonly rules: readonly Rule[];
}

/** What KEDA needs in the cluster, from the files of its own module. */
export async function kedaInstallation(tools: Pick<KedaTools, "files" | "kustomize">): Promise<Installation> {
  const file = join(tools.files.keda, "config/rbac/role.yaml");
  const role = parseObjects(await readFile(file, "utf8"), file).find(({ kind }) => kind === "ClusterRole");
  if (role === undefined) throw new Error(`${file} has no ClusterRole; look at it`);
  const objects = kedaRights((role as ClusterRole).rules);
  return {
    namespace: { apiVersion: "v1", kind: "Namespace", metadata: { name: kedaNamespace } },
    digestAnnotation: "gitops.platform/keda-install",
    // The folder's name is of the module's content (local/tools/cache.ts), so the CRDs need not be read to know them.
    digest: createHash("sha256")
      .update(JSON.stringify([tools.files.keda, objects]))
      .digest("hex"),
    // The generated CRDs are not valid as they are: KEDA patches them with its kustomization.
    definitions: () => buildKustomization(tools.kustomize.path, join(tools.files.keda, "config/crd")),
    objects,
    fieldManager,
  };
}

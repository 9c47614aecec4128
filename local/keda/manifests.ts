import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";
import { parseAllDocuments } from "yaml";

import type { Installation } from "../kubernetes/install.ts";
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
  const upstream = objectsOf(await readFile(join(tools.files.keda, "config/rbac/role.yaml"), "utf8"));
  const role = upstream.find(({ kind }) => kind === "ClusterRole") as ClusterRole | undefined;
  if (role === undefined) throw new Error("config/rbac/role.yaml of KEDA has no ClusterRole; look at it");
  const objects = kedaRights(role.rules);
  return {
    namespace: { apiVersion: "v1", kind: "Namespace", metadata: { name: kedaNamespace } },
    digestAnnotation: "gitops.platform/keda-install",
    // The folder's name is of the module's content (local/tools/cache.ts), so the CRDs need not be read to know them.
    digest: createHash("sha256")
      .update(JSON.stringify([tools.files.keda, objects]))
      .digest("hex"),
    // The generated CRDs are not valid as they are: KEDA patches them with its kustomization.
    definitions: async () => {
      const { stdout } = await execa(tools.kustomize.path, ["build", join(tools.files.keda, "config/crd")]);
      return objectsOf(stdout);
    },
    objects,
    fieldManager,
  };
}

function objectsOf(text: string): KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

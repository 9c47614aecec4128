import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { parseObjects } from "../kubernetes/documents.ts";
import type { Installation } from "../kubernetes/install.ts";
import { buildKustomization } from "../kubernetes/kustomize.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { fieldManager, flaggerNamespace } from "./names.ts";
import { ownRules } from "./rights.ts";
import type { Rule } from "./rights.ts";
import type { FlaggerTools } from "./tools.ts";

/** Of the Gateway API: what a route that Flagger writes needs around it. */
const gatewayFiles = ["gatewayclasses", "gateways", "httproutes", "referencegrants"].map(
  (kind) => `config/crd/standard/gateway.networking.k8s.io_${kind}.yaml`,
);

const upstream = "kustomize/base/flagger";

interface ClusterRole extends KubernetesObject {
  readonly rules: readonly Rule[];
}

/** What Flagger needs in the cluster, from the files of its own module and of the Gateway API's. */
export async function flaggerInstallation(tools: Pick<FlaggerTools, "files" | "kustomize">): Promise<Installation> {
  const { files, kustomize } = tools;
  const file = join(files.flagger, upstream, "rbac.yaml");
  const role = parseObjects(await readFile(file, "utf8"), file).find(({ kind }) => kind === "ClusterRole");
  if (role === undefined) throw new Error(`${file} has no ClusterRole; look at it`);
  const objects = rights((role as ClusterRole).rules);
  return {
    namespace: { apiVersion: "v1", kind: "Namespace", metadata: { name: flaggerNamespace } },
    digestAnnotation: "gitops.platform/flagger-install",
    // The folders' names are of the modules' contents (local/tools/cache.ts): the CRDs need not be read to know them.
    digest: createHash("sha256")
      .update(JSON.stringify([files, objects]))
      .digest("hex"),
    definitions: async () => {
      // By kustomize: some lines of Flagger's CRDs are too far to the left for a parser that keeps to YAML 1.2.
      const flagger = await buildKustomization(kustomize.path, join(files.flagger, upstream));
      const gateway = await Promise.all(
        gatewayFiles.map(async (name) => parseObjects(await readFile(join(files["gateway-api"], name), "utf8"), name)),
      );
      return [...flagger, ...gateway.flat()].filter(({ kind }) => kind === "CustomResourceDefinition");
    },
    objects,
    fieldManager,
  };
}

/** The service account with the rights that upstream gives it, for kinds that exist here. */
function rights(rules: readonly Rule[]): readonly KubernetesObject[] {
  const name = "flagger";
  const apiVersion = "rbac.authorization.k8s.io/v1";
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: flaggerNamespace } },
    { apiVersion, kind: "ClusterRole", metadata: { name }, rules: ownRules(rules) },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace: flaggerNamespace }],
    },
  ];
}

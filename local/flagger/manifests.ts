import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, parseAllDocuments } from "yaml";

import type { Installation } from "../kubernetes/install.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";

import { fieldManager, flaggerNamespace } from "./names.ts";
import { ownRules } from "./rights.ts";
import type { Rule } from "./rights.ts";
import type { FlaggerTools } from "./tools.ts";

/** Of the Gateway API: what a route that Flagger writes needs around it. */
const gatewayFiles = ["gatewayclasses", "gateways", "httproutes", "referencegrants"].map(
  (kind) => `config/crd/standard/gateway.networking.k8s.io_${kind}.yaml`,
);

interface Role extends KubernetesObject {
  readonly rules: readonly Rule[];
}

/** What Flagger needs in the cluster, from the files of its own module and of the Gateway API's. */
export async function flaggerInstallation(files: FlaggerTools["files"]): Promise<Installation> {
  const account = await readFile(join(files.flagger, "artifacts/flagger/account.yaml"), "utf8");
  const definitions = await Promise.all([
    readFile(join(files.flagger, "artifacts/flagger/crd.yaml"), "utf8"),
    ...gatewayFiles.map((file) => readFile(join(files["gateway-api"], file), "utf8")),
  ]);
  const objects = rights(account);
  const digest = createHash("sha256")
    .update(JSON.stringify([definitions, objects]))
    .digest("hex");
  return {
    namespace: { apiVersion: "v1", kind: "Namespace", metadata: { name: flaggerNamespace } },
    digestAnnotation: "gitops.platform/flagger-install",
    digest,
    definitions: () => Promise.resolve(definitions.flatMap((text) => documents(text))),
    objects,
    fieldManager,
  };
}

/** The service account with the rights that upstream gives it, for kinds that exist here. */
function rights(account: string): KubernetesObject[] {
  const found = documents(account);
  const role = found.find(({ kind }) => kind === "ClusterRole") as Role | undefined;
  if (role === undefined) throw new Error("artifacts/flagger/account.yaml of Flagger has no ClusterRole; look at it");
  const { name } = role.metadata;
  const apiVersion = "rbac.authorization.k8s.io/v1";
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: flaggerNamespace } },
    { apiVersion, kind: "ClusterRole", metadata: { name }, rules: ownRules(role.rules) },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace: flaggerNamespace }],
    },
  ];
}

function documents(text: string): KubernetesObject[] {
  // One document parses four times as fast without the means for several.
  if (!/^---$/m.test(text.replace(/^---\n/, ""))) return [parse(text) as KubernetesObject];
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

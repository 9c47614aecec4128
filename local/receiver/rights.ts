import { join } from "node:path";

import { argocdNamespace } from "../argocd/names.ts";
import { writeKubeconfig } from "../certificates/index.ts";
import { applyObjects } from "../kubernetes/apply.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import type { Layout } from "../layout.ts";

import { receiverDirectory, receiverName } from "./address.ts";

const metadata = { name: receiverName, namespace: argocdNamespace };
const group = "rbac.authorization.k8s.io";

/** All that it may do in the cluster: read Applications. What it changes, it changes in Git. */
const objects: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "ServiceAccount", metadata },
  {
    apiVersion: `${group}/v1`,
    kind: "Role",
    metadata,
    rules: [{ apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list"] }],
  },
  {
    apiVersion: `${group}/v1`,
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: group, kind: "Role", name: receiverName },
    subjects: [{ kind: "ServiceAccount", name: receiverName, namespace: argocdNamespace }],
  },
];

/**
 * Gives the receiver its rights and an identity with these alone.
 * @returns the kubeconfig
 */
export async function giveRights(
  layout: Layout,
  controlPlane: { readonly server: string; readonly kubeconfig: string },
  signal?: AbortSignal,
): Promise<string> {
  const client = restClient(controlPlane.kubeconfig);
  try {
    await applyObjects(client, objects, { fieldManager: "gitops-local-receiver", ...(signal ? { signal } : {}) });
  } finally {
    client.close();
  }
  const path = join(receiverDirectory(layout), "kubeconfig");
  await writeKubeconfig(layout, {
    path,
    server: controlPlane.server,
    namespace: argocdNamespace,
    name: `system:serviceaccount:${argocdNamespace}:${receiverName}`,
    groups: ["system:serviceaccounts", `system:serviceaccounts:${argocdNamespace}`, "system:authenticated"],
  });
  return path;
}

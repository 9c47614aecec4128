import { access } from "node:fs/promises";
import { join } from "node:path";

import { repositoryUrl } from "../git/bare-repository.ts";
import { applyObjects } from "../kubernetes/apply.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import type { Layout } from "../layout.ts";

import { argocdNamespace, fieldManager, partOfLabel } from "./names.ts";

/**
 * Tells Argo CD about the local Git host if it is shallow, that is, published from a shallow clone as CI makes it.
 *
 * git refuses to fetch from a shallow repository unless it asks for a depth itself, and Argo CD asks for one only when
 * the repository's Secret says so (`depth`, util/db/repository_secrets.go). A whole repository needs no Secret.
 * Call it after `publish` and before Applications are synced. Idempotent.
 */
export async function registerRepository(layout: Layout): Promise<void> {
  const shallow = await access(join(layout.gitRepository, "shallow")).then(
    () => true,
    () => false,
  );
  if (!shallow) return;
  const client = restClient(layout.kubeconfig);
  try {
    const labels = { ...partOfLabel, "argocd.argoproj.io/secret-type": "repository" };
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "local-repository", namespace: argocdNamespace, labels },
      stringData: { type: "git", url: repositoryUrl(layout), depth: "1" },
    };
    await applyObjects(client, [secret], { fieldManager });
  } finally {
    client.close();
  }
}

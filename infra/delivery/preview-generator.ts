import type { IApplicationSet } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/ApplicationSet";

import { gitHubRepository } from "../config/previews.ts";
import type { PreviewsConfig } from "../config/previews.ts";

import { branchGenerator, previewBranchPrefix } from "./preview-names.ts";

export type Generator = IApplicationSet["spec"]["generators"][number];

/** Seconds between two looks. GitHub lets a token ask 5000 times an hour; the hook of a local push does not wait. */
const lookEvery = { pullRequests: 60, branches: 30 } as const;

/**
 * Who is previewed, with `number` and `head_sha` for each: open pull requests to a branch with the label
 * (docs/operator-manual/applicationset/Generators-Pull-Request.md of argoproj/argo-cd v3.5.7), or branches
 * (Generators-Plugin.md), where the plugin also counts and looks at the time; GitHub's label is looked after by a
 * workflow.
 */
export function previewGenerator(config: PreviewsConfig, repository: string, branch: string): Generator {
  const { source, label, lifetime, maximum } = config;
  if (source === "none") throw new Error("there is no generator of no previews");
  const requeueAfterSeconds = lookEvery[source];
  if (source === "branches") {
    const parameters = { prefix: previewBranchPrefix, lifetime, maximum };
    return { plugin: { configMapRef: { name: branchGenerator }, input: { parameters }, requeueAfterSeconds } };
  }
  const found = gitHubRepository(repository);
  if (found === undefined || config.credentials === undefined) {
    throw new Error("previews of pull requests without a repository of GitHub or credentials; they were not checked");
  }
  const { host, owner, name } = found;
  const { kind, secret } = config.credentials;
  return {
    pullRequest: {
      github: {
        owner,
        repo: name,
        ...(host === "github.com" ? {} : { api: `https://${host}/api/v3/` }),
        ...(kind === "app" ? { appSecretName: secret } : { tokenRef: { secretName: secret, key: "token" } }),
        labels: [label],
      },
      filters: [{ targetBranchMatch: `^${branch.replaceAll(/[.+*?()|[\]{}^$\\]/g, "\\$&")}$` }],
      requeueAfterSeconds,
    },
  };
}

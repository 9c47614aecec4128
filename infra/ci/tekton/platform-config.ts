import type { TektonConfig } from "../../config/ci.ts";
import { restrictedPodSecurity } from "../../controllers/namespace.ts";
import { tektonApi } from "../../crds/tekton.ts";
import type { CustomObject } from "../../crds/tekton.ts";

import { chainsConfig } from "./chains.ts";
import { ciNamespaces } from "./names.ts";

/** The operator takes its configuration from the object of this name alone. */
const name = "config";

/** Seconds: a run that failed is looked at within a week. */
const weekSeconds = 7 * 24 * 60 * 60;

/** Pipelines, Triggers, Chains and the pruner, as the operator installs them (tektoncd/operator v0.81.1, docs/TektonConfig.md). */
export function platformConfig({ key, keep }: Pick<TektonConfig, "key" | "keep">): CustomObject {
  return {
    apiVersion: tektonApi.operator,
    kind: "TektonConfig",
    metadata: {
      name,
      // The kinds of everything below come with the components: the next objects wait until they are there.
      annotations: { "pulumi.com/waitFor": "condition=Ready", "pulumi.com/timeoutSeconds": "900" },
    },
    spec: {
      // `basic` brings no dashboard, which would be one more page to protect.
      profile: "basic",
      targetNamespace: ciNamespaces.controllers,
      targetNamespaceMetadata: { labels: { ...restrictedPodSecurity } },
      pipeline: {
        "enable-api-fields": "stable",
        "coschedule": "workspaces",
        // Credentials are mounted where a Task names them, and nowhere else.
        "disable-creds-init": true,
        // What Tekton adds to a pod meets `restricted` by itself.
        "set-security-context": true,
        "send-cloudevents-for-runs": false,
        // Tasks come from this repository: nothing is fetched while a run starts.
        "enable-bundles-resolver": false,
        "enable-git-resolver": false,
        "enable-hub-resolver": false,
        "enable-cluster-resolver": false,
      },
      trigger: { disabled: false },
      chain: chainsConfig(key),
      result: { disabled: true, is_external_db: false },
      // One of the two prunes, and the operator refuses both at once: this one acts on events, by count and by age.
      pruner: { disabled: true },
      tektonpruner: {
        "disabled": false,
        "global-config": {
          enforcedConfigLevel: "global",
          successfulHistoryLimit: keep,
          failedHistoryLimit: keep,
          ttlSecondsAfterFinished: weekSeconds,
        },
      },
    },
  };
}

import type { TektonConfig } from "../../config/ci.ts";
import { tektonApi } from "../../crds/tekton.ts";

import { accounts, ciNamespaces, releaseName, runUser } from "./names.ts";

/** Parameters that a push or its source decides; the binding and the trigger fill them in. */
export const triggerParams = ["application", "source", "commit", "context", "branch"] as const;

/**
 * The run that a push starts, as the trigger's template.
 * @param platform repository that the releases are written to
 */
export function pipelineRun(config: TektonConfig, platform: string) {
  const given = Object.fromEntries(triggerParams.map((name) => [name, `$(tt.params.${name})`]));
  const params = { ...given, platform, owner: config.owner, key: config.key };
  const { secrets, storage, storageClass } = config;
  return {
    apiVersion: tektonApi.pipeline,
    kind: "PipelineRun",
    metadata: {
      generateName: `${releaseName}-$(tt.params.application)-`,
      namespace: ciNamespaces.runs,
      labels: { "gitops.platform/application": "$(tt.params.application)" },
    },
    spec: {
      pipelineRef: { name: releaseName },
      params: Object.entries(params).map(([name, value]) => ({ name, value })),
      timeouts: { pipeline: "2h0m0s" },
      taskRunTemplate: {
        serviceAccountName: accounts.run,
        podTemplate: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          // All steps run as one user, so that each may read and write what another left in the volume.
          securityContext: { fsGroup: runUser, fsGroupChangePolicy: "OnRootMismatch" },
        },
      },
      // The key service trusts this account alone, and no code of the sources runs as it.
      taskRunSpecs: [{ pipelineTaskName: "sign", serviceAccountName: accounts.sign }],
      workspaces: [
        {
          name: "work",
          volumeClaimTemplate: {
            spec: {
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage } },
              ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
            },
          },
        },
        { name: "git", secret: { secretName: secrets.git } },
        {
          name: "registry",
          secret: { secretName: secrets.registry, items: [{ key: ".dockerconfigjson", path: "config.json" }] },
        },
      ],
    },
  };
}

import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";

import type { FluxConfig } from "../../config/gitops.ts";
import { fluxApiVersions } from "../../crds/flux.ts";
import { labels } from "../../labels.ts";
import { applicationAnnotations } from "../application-annotations.ts";
import type { GitOpsEngine } from "../engine.ts";

import { createAdmission } from "./admission.ts";
import { gitRepositorySpec } from "./git-repository.ts";
import { kustomizationSpec } from "./kustomization.ts";
import { sourceName } from "./names.ts";
import { createReconciler } from "./reconciler.ts";

export interface FluxEngineArgs {
  /** Repository that every environment follows. */
  readonly repository: string;
  readonly config: FluxConfig;
}

/**
 * Flux: a GitRepository for each environment, a Kustomization for each application, all in the environment's namespace.
 *
 * A Kustomization is made last and deleted first: while it goes, its finalizer deletes the workloads, and needs the
 * account that it acts for, the namespace and the controllers.
 */
export function fluxEngine({ repository, config }: FluxEngineArgs): GitOpsEngine {
  return {
    kind: "flux",
    prepare: (environments, options) => createAdmission(repository, environments, options),
    deliver: (environment, { options, namespace, controllers }) => {
      const object = (name: string) => ({
        name,
        namespace: environment.namespace,
        labels: { [labels.environment]: environment.name },
      });
      const within = { ...options, dependsOn: [...namespace, ...controllers] };
      const reconciler = createReconciler(environment, within);
      const source = new CustomResource(
        `${environment.name}-source`,
        {
          apiVersion: fluxApiVersions.source,
          kind: "GitRepository",
          metadata: object(sourceName),
          spec: gitRepositorySpec(environment, repository, config),
        },
        within,
      );
      for (const application of environment.applications) {
        const metadata = object(application.name);
        new CustomResource(
          application.name,
          {
            apiVersion: fluxApiVersions.kustomize,
            kind: "Kustomization",
            metadata: {
              ...metadata,
              labels: { ...metadata.labels, [labels.application]: application.application },
              annotations: applicationAnnotations(environment, application),
            },
            spec: kustomizationSpec(environment, application, config),
          },
          { ...options, dependsOn: [source, ...reconciler, ...namespace, ...controllers] },
        );
      }
      return environment.applications.map(({ name }) => name);
    },
  };
}

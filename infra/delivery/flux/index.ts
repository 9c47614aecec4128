import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { AlertsConfig } from "../../config/alerts.ts";
import type { Groups } from "../../config/delivery.ts";
import type { FluxConfig } from "../../config/gitops.ts";
import { fluxApiVersions } from "../../crds/flux.ts";
import { labels } from "../../labels.ts";
import { applicationAnnotations } from "../application-annotations.ts";
import type { GitOpsEngine } from "../engine.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import { createAccess } from "./access.ts";
import { createAdmission } from "./admission.ts";
import { gitRepositorySpec } from "./git-repository.ts";
import { kustomizationSpec } from "./kustomization.ts";
import { sourceName } from "./names.ts";
import { optionalObjects } from "./optional-objects.ts";
import type { FluxObject } from "./optional-objects.ts";
import { createReconciler } from "./reconciler.ts";

export interface FluxEngineArgs {
  /** Repository that every environment follows. */
  readonly repository: string;
  readonly groups: Groups;
  readonly config: FluxConfig;
  /** What answers at the address of Flagger's alerts; Flux's go there too where the stack has some. */
  readonly alerts: AlertsConfig;
}

/**
 * Flux: a GitRepository for each environment, a Kustomization for each application, all in the environment's namespace.
 *
 * A Kustomization is made last and deleted first: while it goes, its finalizer deletes the workloads, and needs the
 * account that it acts for, the namespace and the controllers.
 */
export function fluxEngine({ repository, groups, config, alerts }: FluxEngineArgs): GitOpsEngine {
  return {
    kind: "flux",
    prepare: (environments, options) => createAdmission(repository, environments, options),
    deliver: (environment, { options, namespace, controllers }) => {
      const within = { ...options, dependsOn: [...namespace, ...controllers] };
      createAccess(environment, groups, within);
      const reconciler = createReconciler(environment, within);
      const spec = gitRepositorySpec(environment, repository, config);
      const source = create(
        environment,
        `${environment.name}-source`,
        { apiVersion: fluxApiVersions.source, kind: "GitRepository", name: sourceName, spec },
        within,
      );
      const after = { ...options, dependsOn: [source, ...reconciler, ...namespace, ...controllers] };
      for (const application of environment.applications) {
        const { name } = application;
        create(
          environment,
          name,
          {
            apiVersion: fluxApiVersions.kustomize,
            kind: "Kustomization",
            name,
            spec: kustomizationSpec(environment, application, config),
          },
          after,
          {
            labels: { [labels.application]: application.application },
            annotations: applicationAnnotations(environment, application),
          },
        );
      }
      for (const object of optionalObjects(environment, config, alerts)) {
        create(environment, `${environment.name}-${object.kind}-${object.name}`.toLowerCase(), object, after);
      }
      return environment.applications.map(({ name }) => name);
    },
  };
}

interface MoreMetadata {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Makes an object in the environment's namespace, with its label. */
function create(
  environment: DeliveryEnvironment,
  resource: string,
  { apiVersion, kind, name, spec }: FluxObject,
  options: CustomResourceOptions,
  { labels: own = {}, annotations }: MoreMetadata = {},
): CustomResource {
  const metadata = {
    name,
    namespace: environment.namespace,
    labels: { [labels.environment]: environment.name, ...own },
    ...(annotations === undefined ? {} : { annotations }),
  };
  return new CustomResource(resource, { apiVersion, kind, metadata, spec }, options);
}

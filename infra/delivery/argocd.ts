import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";

import type { Calendar } from "../calendar/calendar.ts";
import type { Groups } from "../config/delivery.ts";
import { argocdApiVersion, argocdNamespace, cascadeFinalizer } from "../crds/argocd.ts";
import { labels } from "../labels.ts";

import { appProjectSpec } from "./app-project.ts";
import { applicationAnnotations } from "./application-annotations.ts";
import { applicationSpec } from "./application.ts";
import type { GitOpsEngine } from "./engine.ts";

export interface ArgocdEngineArgs {
  /** Repository that all Applications follow. */
  readonly repository: string;
  readonly groups: Groups;
  /** Time and freezes, which decide about the sync windows. */
  readonly calendar: Calendar;
}

/**
 * Argo CD: an AppProject for each environment, an Application for each application.
 *
 * An Application is made last and deleted first: while it goes, its finalizer needs the AppProject (which permits the
 * deletion), the namespace and the controllers.
 */
export function argocdEngine({ repository, groups, calendar }: ArgocdEngineArgs): GitOpsEngine {
  return {
    kind: "argocd",
    prepare: () => [],
    deliver: (environment, { options, namespace, controllers }) => {
      const object = (name: string) => ({
        name,
        namespace: argocdNamespace,
        labels: { [labels.environment]: environment.name },
      });
      const project = new CustomResource(
        `${environment.name}-project`,
        {
          apiVersion: argocdApiVersion,
          kind: "AppProject",
          metadata: object(environment.name),
          spec: appProjectSpec(environment, repository, groups, calendar),
        },
        { ...options, dependsOn: [...controllers] },
      );
      for (const application of environment.applications) {
        const metadata = object(application.name);
        new CustomResource(
          application.name,
          {
            apiVersion: argocdApiVersion,
            kind: "Application",
            metadata: {
              ...metadata,
              labels: { ...metadata.labels, [labels.application]: application.application },
              annotations: applicationAnnotations(environment, application),
              finalizers: [cascadeFinalizer],
            },
            spec: applicationSpec(environment, application, repository),
          },
          { ...options, dependsOn: [project, ...namespace, ...controllers] },
        );
      }
      return environment.applications.map(({ name }) => name);
    },
  };
}

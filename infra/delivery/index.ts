import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { Calendar } from "../calendar/calendar.ts";
import type { Groups } from "../config/delivery.ts";
import { argocdApiVersion, argocdNamespace, cascadeFinalizer } from "../crds/argocd.ts";
import { annotations, labels } from "../labels.ts";

import { createAlertProvider } from "./alerts.ts";
import type { Alerts } from "./alerts.ts";
import { appProjectSpec } from "./app-project.ts";
import { applicationSpec } from "./application.ts";
import type { DeliveryEnvironment } from "./environment.ts";
import { failureAnnotations } from "./failure-annotations.ts";
import { createFlagd } from "./flagd.ts";
import { createNamespace } from "./namespace.ts";
import { createRbac } from "./rbac.ts";

export interface EnvironmentDeliveryArgs {
  readonly environment: DeliveryEnvironment;
  /** Repository that all Applications follow. */
  readonly repository: string;
  readonly groups: Groups;
  /** Time and freezes, which decide about the sync windows. */
  readonly calendar: Calendar;
  readonly provider: ProviderResource;
  /** The controllers: they must outlive every custom resource, whose finalizers they handle. */
  readonly controllers: readonly Resource[];
  /** Whether this program runs flagd, as it runs the controllers; otherwise it is there. */
  readonly flagd: boolean;
  /** Where Flagger tells how releases go. */
  readonly alerts: Alerts;
}

/**
 * One environment: its namespace, AppProject, RBAC and Applications.
 *
 * An Application is made last and deleted first: while it goes, its finalizer needs the AppProject (which permits the
 * deletion), the namespace and the controllers.
 */
export class EnvironmentDelivery extends ComponentResource {
  /** Names of the Applications. */
  public readonly applications: readonly string[];

  public constructor(args: EnvironmentDeliveryArgs, options?: ComponentResourceOptions) {
    const { environment, repository, groups } = args;
    super("gitops:delivery:Environment", environment.name, {}, options);
    const child = { parent: this, provider: args.provider };
    const namespace = createNamespace(environment, { ...child, dependsOn: [...args.controllers] });
    createRbac(environment, groups, { ...child, dependsOn: namespace });
    if (args.flagd) createFlagd(environment, { ...child, dependsOn: namespace });
    createAlertProvider(environment, args.alerts, { ...child, dependsOn: namespace });
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
        spec: appProjectSpec(environment, repository, groups, args.calendar),
      },
      { ...child, dependsOn: [...args.controllers] },
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
            annotations: {
              ...failureAnnotations(application.onFailure),
              [annotations.fourEyes]: String(environment.fourEyes),
            },
            finalizers: [cascadeFinalizer],
          },
          spec: applicationSpec(environment, application, repository),
        },
        { ...child, dependsOn: [project, ...namespace, ...args.controllers] },
      );
    }
    this.applications = environment.applications.map(({ name }) => name);
    this.registerOutputs({ applications: this.applications });
  }
}

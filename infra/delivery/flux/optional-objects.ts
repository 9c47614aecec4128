import type { AlertsConfig } from "../../config/alerts.ts";
import type { FluxConfig } from "../../config/gitops.ts";
import { fluxApiVersions } from "../../crds/flux.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import { alertName, alertSpec, providerSpec } from "./alert.ts";
import { imagePolicySpec, imageRepositorySpec, imageUpdateAutomationSpec } from "./image-automation.ts";
import { sourceName } from "./names.ts";
import { receiverSpec } from "./receiver.ts";

/** An object of Flux, but for its namespace and labels. */
export interface FluxObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly spec: object;
}

/** What only some stacks have in an environment: the webhook, the alerts, the image automation. */
export function optionalObjects(
  environment: DeliveryEnvironment,
  flux: FluxConfig,
  alerts: AlertsConfig,
): readonly FluxObject[] {
  const { alert, image, receiver } = fluxApiVersions;
  return [
    ...(flux.receiver === undefined
      ? []
      : [{ apiVersion: receiver, kind: "Receiver", name: sourceName, spec: receiverSpec(flux.receiver) }]),
    ...(flux.alerts === undefined
      ? []
      : [
          { apiVersion: alert, kind: "Provider", name: alertName, spec: providerSpec(alerts) },
          { apiVersion: alert, kind: "Alert", name: alertName, spec: alertSpec(flux.alerts) },
        ]),
    ...imageObjects(environment, flux, image),
  ];
}

function imageObjects(
  environment: DeliveryEnvironment,
  { imageAutomation, interval }: FluxConfig,
  apiVersion: string,
): readonly FluxObject[] {
  if (imageAutomation === undefined || imageAutomation.environment !== environment.name) return [];
  const { images, range } = imageAutomation;
  return [
    ...Object.entries(images).flatMap(([name, image]) => [
      { apiVersion, kind: "ImageRepository", name, spec: imageRepositorySpec(image) },
      { apiVersion, kind: "ImagePolicy", name, spec: imagePolicySpec(name, range) },
    ]),
    {
      apiVersion,
      kind: "ImageUpdateAutomation",
      name: sourceName,
      spec: imageUpdateAutomationSpec(environment, { interval }),
    },
  ];
}

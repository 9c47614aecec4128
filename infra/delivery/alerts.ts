import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import type { Input } from "@pulumi/pulumi/output.js";
import { secret } from "@pulumi/pulumi/output.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { AlertsConfig } from "../config/alerts.ts";
import { labels } from "../labels.ts";

import type { DeliveryEnvironment } from "./environment.ts";

/** Secret with the address, under the key `address`; there where an address is set. */
export const alertsSecretName = "release-alerts";

/** Name that every Canary refers to. */
export const alertProviderName = "platform";

export interface Alerts {
  readonly config: AlertsConfig;
  /** A secret. Default: nobody is told. */
  readonly address?: Input<string>;
}

/**
 * The AlertProvider of an environment and the Secret with its address: Flagger takes none from another namespace here
 * (`noCrossNamespaceRefs`), and none of the two belongs into Git.
 *
 * Without an address it is there too, with an empty one: that is an alert that goes nowhere (fluxcd/flagger v1.36.1 and
 * v1.44.0, pkg/notifier/factory.go), where an AlertProvider that is missing is an error in the log at each step of each
 * release (pkg/controller/events.go).
 */
export function createAlertProvider(
  { name, namespace }: DeliveryEnvironment,
  { config, address }: Alerts,
  options: CustomResourceOptions,
): void {
  const metadata = (object: string) => ({ name: object, namespace, labels: { [labels.environment]: name } });
  const created =
    address === undefined
      ? []
      : new Secret(
          `${name}-${alertsSecretName}`,
          { metadata: metadata(alertsSecretName), stringData: { address: secret(address) } },
          options,
        );
  new CustomResource(
    `${name}-alerts`,
    {
      apiVersion: "flagger.app/v1beta1",
      kind: "AlertProvider",
      metadata: metadata(alertProviderName),
      spec: {
        type: config.type,
        ...(config.channel === undefined ? {} : { channel: config.channel }),
        ...(address === undefined ? { address: "" } : { secretRef: { name: alertsSecretName } }),
      },
    },
    { ...options, dependsOn: [options.dependsOn ?? [], created].flat() as Secret[] },
  );
}

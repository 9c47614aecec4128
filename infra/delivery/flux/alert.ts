import type { AlertsConfig } from "../../config/alerts.ts";
import type { FluxConfig } from "../../config/gitops.ts";
import type { AlertSpec, ProviderSpec } from "../../crds/flux.ts";
import { alertsSecretName } from "../alerts.ts";

import { sourceName } from "./names.ts";

/** Name of the Provider and of the Alert. */
export const alertName = "platform";

/** What Flagger calls a chat server, as Flux calls it. */
const types: Readonly<Record<AlertsConfig["type"], ProviderSpec["type"]>> = {
  slack: "slack",
  msteams: "msteams",
  discord: "discord",
  rocket: "rocket",
  gchat: "googlechat",
};

/** Where syncs are told: the address of Flagger's alerts, in the Secret that the environment has for these. */
export function providerSpec({ type, channel }: AlertsConfig): ProviderSpec {
  return {
    type: types[type],
    ...(channel === undefined ? {} : { channel }),
    secretRef: { name: alertsSecretName },
  };
}

/** What is told: fetches of the repository, and every Kustomization of the environment. */
export function alertSpec({ severity }: NonNullable<FluxConfig["alerts"]>): AlertSpec {
  return {
    providerRef: { name: alertName },
    eventSeverity: severity,
    eventSources: [
      { kind: "GitRepository", name: sourceName },
      { kind: "Kustomization", name: "*" },
    ],
  };
}

import { Config } from "@pulumi/pulumi/config.js";
import { RunError } from "@pulumi/pulumi/errors.js";
import type { Output } from "@pulumi/pulumi/output.js";
import { allConfig } from "@pulumi/pulumi/runtime/config.js";
import type { z } from "zod";

import { parseConfig } from "./parse.ts";
import type { configSchema } from "./schema.ts";
import { secretKeys } from "./secret-keys.ts";

export { parseConfig } from "./parse.ts";

/** The checked configuration of a stack: what `Pulumi.yaml` declares, with the stack's differences. */
export type PlatformConfig = Readonly<z.output<typeof configSchema>>;

/** Values that are encrypted in the stack file. `undefined` where none is set. */
export interface PlatformSecrets {
  /** Shared with the Git host, so that Argo CD trusts its webhooks. */
  readonly webhookSecret: Output<string> | undefined;
  /** Of the OIDC application that Argo CD signs people in with. */
  readonly oidcClientSecret: Output<string> | undefined;
  /** With which Argo CD starts the workflow that answers failures. */
  readonly dispatchToken: Output<string> | undefined;
  /** Where Flagger's alerts go. */
  readonly alertsAddress: Output<string> | undefined;
}

/** The keys of the secrets that are set. */
export function setSecrets(secrets: PlatformSecrets): readonly string[] {
  const keys = {
    argocdWebhookSecret: secrets.webhookSecret,
    argocdOidcClientSecret: secrets.oidcClientSecret,
    argocdDispatchToken: secrets.dispatchToken,
    alertsAddress: secrets.alertsAddress,
  } satisfies Record<(typeof secretKeys)[number], unknown>;
  return secretKeys.filter((key) => keys[key] !== undefined);
}

/**
 * Reads the configuration of the running stack.
 * @throws RunError that lists every problem at once, each with its path, the value, what is allowed and the mend
 */
export function loadConfig(): { config: PlatformConfig; secrets: PlatformSecrets } {
  const settings = new Config();
  const prefix = `${settings.name}:`;
  const values = Object.fromEntries(
    Object.entries(allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
  const secret = (key: (typeof secretKeys)[number]) => (values[key] ? settings.requireSecret(key) : undefined);
  const secrets = {
    webhookSecret: secret("argocdWebhookSecret"),
    oidcClientSecret: secret("argocdOidcClientSecret"),
    dispatchToken: secret("argocdDispatchToken"),
    alertsAddress: secret("alertsAddress"),
  };
  for (const key of secretKeys) delete values[key];
  const result = parseConfig(values);
  if ("error" in result) throw new RunError(result.error);
  return { config: result.config, secrets };
}

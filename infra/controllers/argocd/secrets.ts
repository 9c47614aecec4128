import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import type { Input } from "@pulumi/pulumi/output.js";
import { secret } from "@pulumi/pulumi/output.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import { namespaces } from "../namespaces.ts";

import { notificationsSecret } from "./notifications.ts";
import type { SecretReference } from "./oidc.ts";

/** The values that only this stack knows. */
export interface ArgocdSecrets {
  /** Shared with the Git host. Default none: webhooks are not verified. */
  readonly webhookSecret?: Input<string> | undefined;
  /** Of the OIDC client. Default none: a public client (PKCE). */
  readonly oidcClientSecret?: Input<string> | undefined;
  /** With which reports of failures start a workflow. Default none: nobody is told. */
  readonly dispatchToken?: Input<string> | undefined;
}

const name = "argocd-platform-secrets";

/** Where each value lies; Argo CD puts it in place of the reference. */
export const secretReferences = {
  webhookSecret: { secret: name, key: "webhook.secret" },
  oidcClientSecret: { secret: name, key: "oidc.clientSecret" },
} as const satisfies Readonly<Record<Exclude<keyof ArgocdSecrets, "dispatchToken">, SecretReference>>;

/**
 * A Secret of the platform's own, so that no value travels through Helm, which would keep a copy in every revision.
 * Argo CD reads Secrets with this label alone (docs/operator-manual/user-management/index.md, v3.5.7).
 * @returns undefined when there is nothing to keep secret
 */
export function createArgocdSecrets(values: ArgocdSecrets, options: CustomResourceOptions): Secret | undefined {
  const stringData: Record<string, Input<string>> = {};
  for (const [field, { key }] of Object.entries(secretReferences)) {
    const value = values[field as keyof typeof secretReferences];
    if (value !== undefined) stringData[key] = secret(value);
  }
  if (Object.keys(stringData).length === 0) return undefined;
  return new Secret(
    name,
    {
      metadata: { name, namespace: namespaces.argocd, labels: { "app.kubernetes.io/part-of": "argocd" } },
      stringData,
    },
    options,
  );
}

/** The Secret of the notifications, in place of the chart's empty one. */
export function createNotificationsSecret(token: Input<string>, options: CustomResourceOptions): Secret {
  const { name: secretName, key } = notificationsSecret;
  return new Secret(
    secretName,
    {
      metadata: {
        name: secretName,
        namespace: namespaces.argocd,
        labels: { "app.kubernetes.io/part-of": "argocd" },
      },
      stringData: { [key]: secret(token) },
    },
    options,
  );
}

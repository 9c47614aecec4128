import { stringify } from "yaml";

/** A value that Argo CD reads from a Secret labelled `app.kubernetes.io/part-of: argocd`. */
export interface SecretReference {
  /** Name of the Secret in Argo CD's namespace. */
  readonly secret: string;
  readonly key: string;
}

/** Single sign-on through an OpenID Connect provider. */
export interface OidcOptions {
  /** Label of the login button. Default `SSO`. */
  readonly name?: string;
  /** The provider's https address; its discovery document lies under it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Where the client secret lies; absent for a public client (PKCE), which has none. */
  readonly clientSecret?: SecretReference;
  /** Client of the `argocd` command when the provider wants another one. Default: `clientId`. */
  readonly cliClientId?: string;
  /** Scopes to ask for. Default `openid`, `profile`, `email`, `groups`. */
  readonly requestedScopes?: readonly string[];
  /** Claim that carries a person's groups. Default `groups`. */
  readonly groupsClaim?: string;
}

/** `$secret:key`, Argo CD's way to name a value (docs/operator-manual/user-management/index.md, v3.5.7). */
export function secretReference({ secret, key }: SecretReference): string {
  return `$${secret}:${key}`;
}

/** The value of `oidc.config` in argocd-cm (fields: OIDCConfig in util/settings/settings.go, v3.5.7). */
export function oidcConfig(options: OidcOptions): string {
  const groupsClaim = options.groupsClaim ?? "groups";
  return stringify({
    name: options.name ?? "SSO",
    issuer: options.issuer,
    clientID: options.clientId,
    ...(options.clientSecret === undefined
      ? { enablePKCEAuthentication: true }
      : { clientSecret: secretReference(options.clientSecret) }),
    ...(options.cliClientId === undefined ? {} : { cliClientID: options.cliClientId }),
    requestedScopes: [...(options.requestedScopes ?? ["openid", "profile", "email", "groups"])],
    requestedIDTokenClaims: { [groupsClaim]: { essential: true } },
  });
}

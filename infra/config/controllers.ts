import { z } from "zod";

import { annotationKey } from "./annotation-key.ts";
import { crossCheck } from "./cross-check.ts";
import { pattern, scalar } from "./scalar.ts";
import { dns1123Label, emailAddress, hostName, httpsUrl, positiveDuration, quantity } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/**
 * `helm`: this program installs the controllers. `preinstalled`: they are there (the local platform, EKS's managed
 * Argo CD) and only what is the platform's own is made.
 */
export const controllersSchema = z.enum(["helm", "preinstalled"]);

/** What an OpenID Connect provider hands out as a client's name: any text without white space. */
const clientId = z.string().regex(/^\S+$/, {
  error: ({ input }) =>
    `${JSON.stringify(input)} is not a client id; allowed: text without spaces, as the identity provider shows it; ` +
    `for example "gitops-argocd"`,
});

/** Where Prometheus answers: plain http is allowed, because it stays inside the cluster. */
const serviceAddress = scalar({
  noun: "an http address",
  allowed: "http:// or https:// and a host, with or without port and path, without credentials",
  example: "http://prometheus-server.monitoring.svc",
  accepts: (value) =>
    URL.canParse(value) && /^https?:\/\/[^/]/.test(value) && !/[@*\s]/.test(value) && !value.endsWith("/"),
});

const argocdIngress = strictObject({
  /** Class of an ingress controller that the cluster has. */
  className: dns1123Label,
  /** For the ingress controller, for example how to speak TLS to Argo CD. Default none. */
  annotations: z.record(annotationKey, z.string()).default({}),
});

const argocdOidc = strictObject({
  /** Label of the login button. Default `SSO`. */
  name: z.string().min(1).default("SSO"),
  issuer: httpsUrl,
  clientId,
  /** Client of the `argocd` command, where the provider wants another one. Default: `clientId`. */
  cliClientId: clientId.optional(),
  /** Claim of a token that lists a person's groups. Default `groups`. */
  groupsClaim: clientId.default("groups"),
});

/** IAM role that an access entry or a trust policy can name; a session (assumed-role) cannot. */
const roleArn = pattern(/^arn:aws(-[a-z-]+)?:iam::\d{12}:role\/[\w+=,.@/-]+$/, {
  noun: "the ARN of an IAM role",
  allowed: "arn:aws:iam::<account>:role/<name>",
  example: "arn:aws:iam::111122223333:role/gitops-hub-argocd",
});

const argocdFields = strictObject({
  /**
   * `self`: this stack has an Argo CD. `hub`: the Argo CD of another stack, whose `clusters` name this one, delivers here.
   * Default `self`.
   */
  managedBy: z.enum(["self", "hub"]).default("self"),
  /** With `hub`: where the hub reaches the API of this cluster. Default: the address in the kubeconfig. */
  apiServer: httpsUrl.optional(),
  /** With `hub`, on EKS: IAM roles of the hub's Argo CD, which then needs no token. Default none: a token. */
  hubRoles: z.array(roleArn).min(1).optional(),
  /** Public host name. Default none: reached through a port-forward. */
  host: hostName.optional(),
  /** How `host` reaches Argo CD. Default none: you route it. */
  ingress: argocdIngress.optional(),
  /** Single sign-on. Default none: the built-in admin account. */
  oidc: argocdOidc.optional(),
  /** Whose webhooks Argo CD verifies with `argocdWebhookSecret`. Default `github`. */
  gitHost: z.enum(["github", "gitlab", "bitbucketServer", "gogs"]).default("github"),
  /** Between two looks at Git when no webhook came. Default `180s`. */
  reconciliationTimeout: positiveDuration.default("180s"),
});

/** Argo CD. Secrets (`argocdWebhookSecret`, `argocdOidcClientSecret`) are keys of their own. */
export const argocdSchema = crossCheck(argocdFields, (argocd, sound) => [
  ...(["ingress", "oidc"] as const).flatMap((key) => {
    if (argocd[key] === undefined || argocd.host !== undefined) return [];
    const message = `${key} needs an address; allowed: together with host alone; add host, for example "argocd.example.com"`;
    return [{ path: ["host"], message }];
  }),
  ...(["apiServer", "hubRoles"] as const).flatMap((key) => {
    if (argocd[key] === undefined || !sound.whole("managedBy") || argocd.managedBy === "hub") return [];
    const message = 'has no effect with managedBy "self"; allowed: only with "hub"; remove it or change managedBy';
    return [{ path: [key], message }];
  }),
]);

const certManagerFields = strictObject({
  /** `selfsigned` needs nothing and no browser trusts it. Default `selfsigned`. */
  issuer: z.enum(["selfsigned", "letsencrypt"]).default("selfsigned"),
  /** Where Let's Encrypt writes before a certificate ends. */
  email: emailAddress.optional(),
  /** Class of the ingress controller that answers Let's Encrypt's HTTP challenge. */
  ingressClass: dns1123Label.optional(),
  /** Let's Encrypt's `staging` has wide rate limits and certificates that no browser trusts. Default `production`. */
  acme: z.enum(["production", "staging"]).default("production"),
});

/** cert-manager and the ClusterIssuer `platform`. */
export const certManagerSchema = crossCheck(certManagerFields, (certManager, sound) =>
  (["email", "ingressClass"] as const).flatMap((key) => {
    const given = certManager[key];
    const problem = (message: string) => [{ path: [key], message }];
    if (certManager.issuer === "letsencrypt" && given === undefined) {
      return problem(
        `missing; allowed: a value, because issuer is "letsencrypt"; add it or choose issuer "selfsigned"`,
      );
    }
    if (certManager.issuer === "selfsigned" && given !== undefined && sound.whole(key)) {
      return problem(`"${given}" has no effect; allowed: only with issuer "letsencrypt"; remove it or change issuer`);
    }
    return [];
  }),
);

/** Prometheus, the source of Flagger's and KEDA's metrics. */
export const prometheusSchema = strictObject({
  /** Volume of each replica. Default `20Gi`. */
  storage: quantity.default("20Gi"),
  /** Default: the cluster's default class. */
  storageClass: dns1123Label.optional(),
  /** How long samples are kept. Default `360h` (15 days). */
  retention: positiveDuration.default("360h"),
  /** Where a preinstalled Prometheus answers. Default: where this program would install it. */
  address: serviceAddress.optional(),
});

export type ControllersMode = z.output<typeof controllersSchema>;
export type ArgocdConfig = Readonly<z.output<typeof argocdSchema>>;
export type CertManagerConfig = Readonly<z.output<typeof certManagerSchema>>;
export type PrometheusConfig = Readonly<z.output<typeof prometheusSchema>>;

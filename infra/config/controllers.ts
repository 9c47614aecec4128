import { z } from "zod";

import { scalar } from "./scalar.ts";
import { dns1123Label, emailAddress, goDuration, hostName, httpsUrl, quantity } from "./scalars.ts";
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

/** A Kubernetes annotation key (k8s.io/apimachinery validation.IsQualifiedName). */
const annotationKey = z
  .string()
  .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);

/** Where Prometheus answers: plain http is allowed, because it stays inside the cluster. */
const serviceAddress = scalar({
  noun: "an http address",
  allowed: "http:// or https:// and a host, with or without port and path, without credentials",
  example: "http://prometheus-server.monitoring.svc",
  accepts: (value) =>
    URL.canParse(value) && /^https?:\/\/[^/]/.test(value) && !/[@*\s]/.test(value) && !value.endsWith("/"),
});

/** Zero would mean the chart's or the controller's own default, silently. */
const positiveDuration = goDuration.refine((value) => !/^(0+[hms])+$/.test(value), {
  error: ({ input }) => `"${String(input)}" is zero; allowed: a duration of one second or more; for example "180s"`,
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

/** Argo CD. Secrets (`argocdWebhookSecret`, `argocdOidcClientSecret`) are keys of their own. */
export const argocdSchema = strictObject({
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
}).superRefine((argocd, context) => {
  for (const key of ["ingress", "oidc"] as const) {
    if (argocd[key] === undefined || argocd.host !== undefined) continue;
    const message = `${key} needs an address; allowed: together with host alone; add host, for example "argocd.example.com"`;
    context.addIssue({ code: "custom", path: ["host"], message });
  }
});

/** cert-manager and the ClusterIssuer `platform`. */
export const certManagerSchema = strictObject({
  /** `selfsigned` needs nothing and no browser trusts it. Default `selfsigned`. */
  issuer: z.enum(["selfsigned", "letsencrypt"]).default("selfsigned"),
  /** Where Let's Encrypt writes before a certificate ends. */
  email: emailAddress.optional(),
  /** Class of the ingress controller that answers Let's Encrypt's HTTP challenge. */
  ingressClass: dns1123Label.optional(),
  /** Let's Encrypt's `staging` has wide rate limits and certificates that no browser trusts. Default `production`. */
  acme: z.enum(["production", "staging"]).default("production"),
}).superRefine((certManager, context) => {
  for (const key of ["email", "ingressClass"] as const) {
    const given = certManager[key];
    const problem = (message: string) => context.addIssue({ code: "custom", path: [key], message });
    if (certManager.issuer === "letsencrypt" && given === undefined) {
      problem(`missing; allowed: a value, because issuer is "letsencrypt"; add it or choose issuer "selfsigned"`);
    }
    if (certManager.issuer === "selfsigned" && given !== undefined) {
      problem(`"${given}" has no effect; allowed: only with issuer "letsencrypt"; remove it or change issuer`);
    }
  }
});

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

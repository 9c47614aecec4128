import { z } from "zod";

import { pattern } from "./scalar.ts";
import { dns1123Label, positiveDuration } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** What brings Git into the cluster: Argo CD, or Flux. */
export const gitopsSchema = z.enum(["argocd", "flux"]);

/** `spec.timeout` of a GitRepository knows no hours (its CRD, source-controller 1.9.6, config/crd/bases). */
const sourceTimeout = pattern(/^(?=\d)(?!(0+m)?(0+s)?$)(\d+m)?(\d+s)?$/, {
  noun: "a timeout of a GitRepository",
  allowed: "minutes and seconds in that order, more than zero; Flux takes no hours here",
  example: "20s",
});

/** A webhook of the Git host, so that a push is seen at once. */
const receiver = strictObject({
  /** Whose webhook it is; the kinds that carry the repository's pushes (Receiver, `spec.type`). Default `github`. */
  type: z.enum(["github", "gitlab", "bitbucket", "generic-hmac"]).default("github"),
  /** Secret in each environment's namespace whose key `token` the Git host signs with; this program never sees it. */
  secret: dns1123Label,
});

/** Where failed syncs are told: to the address of Flagger's alerts, `alertsAddress`. */
const alerts = strictObject({
  /** `error` tells failures alone, `info` every sync too. Default `error`. */
  severity: z.enum(["error", "info"]).default("error"),
});

/** Writes new tags of images into an environment's branch, beside or in place of CI. */
const imageAutomation = strictObject({
  /** Image by application, for example `app: ghcr.io/example/app`. */
  images: z.record(
    dns1123Label,
    pattern(/^[a-z0-9][-a-z0-9._:]*(\/[a-z0-9][-a-z0-9._]*)+$/, {
      noun: "an image without its tag",
      allowed: "a registry and a name in lower case, without tag and digest",
      example: "ghcr.io/example/app",
    }),
  ),
  /** Versions that are taken, as a range of semantic versions. Default `>=1.0.0`. */
  range: z.string().min(1).default(">=1.0.0"),
  /** Environment whose branch is written. Never prod: what reaches it is promoted. Default `dev`. */
  environment: z.enum(["dev", "staging"]).default("dev"),
});

/** How Flux follows Git; with `gitops: flux` alone. */
export const fluxSchema = strictObject({
  /** Between two looks at Git, and between two corrections of drift. Default `1m`. */
  interval: positiveDuration.default("1m"),
  /** For one fetch of the repository. Default `20s`. */
  timeout: sourceTimeout.default("20s"),
  /** How long an application may take to become healthy, Flagger's analysis included. Default `15m`. */
  healthTimeout: positiveDuration.default("15m"),
  /** Secret in each environment's namespace that opens the repository. Default none: it is public. */
  credentials: dns1123Label.optional(),
  /** By application, those of the same environment that must be ready before. Default none. */
  dependsOn: z.record(dns1123Label, z.array(dns1123Label).min(1)).default({}),
  /** Default none: Git is asked each `interval`. */
  receiver: receiver.optional(),
  /** Default none. */
  alerts: alerts.optional(),
  /** Default none. */
  imageAutomation: imageAutomation.optional(),
});

export type GitopsKind = z.output<typeof gitopsSchema>;
export type FluxConfig = Readonly<z.output<typeof fluxSchema>>;

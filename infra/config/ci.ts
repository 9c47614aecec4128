import { z } from "zod";

import { environmentNames } from "../environments.ts";
import type { Environment } from "../environments.ts";

import { annotationKey } from "./annotation-key.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";
import { digestedImage } from "./image.ts";
import { pattern } from "./scalar.ts";
import { branchName, dns1123Label, hostName, httpsUrl, quantity } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** A key that signs without leaving its service (tektoncd/chains, docs/signing.md, "KMS"; cosign takes the same form). */
const kmsKey = pattern(/^(awskms|gcpkms|azurekms|hashivault):\/\/[^\s'"]+$/, {
  noun: "a key of a key service",
  allowed: "awskms://, gcpkms://, azurekms:// or hashivault:// and the key",
  example: "awskms:///arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
});

const imageOwner = pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  noun: "an owner of images",
  allowed: "lower-case letters, digits and single hyphens, as in ghcr.io/<owner>/<application>",
  example: "example",
});

const sourceFolder = pattern(/^(\.|[\w-][\w.-]*(\/[\w-][\w.-]*)*)$/, {
  noun: "a folder of the sources",
  allowed: "a relative path without .. or a slash at its ends, or .",
  example: "services/app",
});

/** The key of a Secret that somebody else puts into the cluster: only its name stands in Git. */
const secretKey = pattern(/^[\w.-]{1,253}$/, {
  noun: "a key of a Secret",
  allowed: "letters, digits, hyphen, underscore and dot",
  example: "secret",
});

/** How the Git host reaches the receiver of its webhooks. */
const ingress = strictObject({
  /** Class of an ingress controller that the cluster has. */
  className: dns1123Label,
  /** Where the pods of the ingress controller run: nobody else gets to the receiver. */
  namespace: dns1123Label,
  /** For the ingress controller. Default none. */
  annotations: z.record(annotationKey, z.string()).default({}),
});

/** A push that starts a release. */
const source = strictObject({
  /** Folder under `apps/`. */
  application: dns1123Label,
  /** As GitHub names it in `repository.clone_url` of the event. */
  repository: httpsUrl,
  /** A push to this branch alone starts a release. */
  branch: branchName,
  /** Whose overlay gets the image. */
  environment: z.enum(environmentNames),
  /** Folder of the Dockerfile; its stage "test" runs the tests. Default `.`. */
  context: sourceFolder.default("."),
});

const githubActions = strictObject({ kind: z.literal("github-actions") });

const tekton = strictObject({
  kind: z.literal("tekton"),
  /** What cli/ci/Dockerfile makes, by its digest: it checks out, plans, and writes the overlay. */
  image: digestedImage,
  /** Images go to ghcr.io/<owner>/<application>. */
  owner: imageOwner,
  /** Signs images (cosign) and their provenance (Chains). */
  key: kmsKey,
  /** Public host name that receives webhooks. */
  host: hostName,
  ingress,
  sources: z.array(source).min(1),
  /** Secrets that are in the cluster already, by name; docs/ci.md says what is in them. */
  secrets: strictObject({
    /** In the namespace ci-webhooks. Default `github-webhook`. */
    webhook: dns1123Label.default("github-webhook"),
    /** Key of the webhook's Secret. Default `secret`. */
    webhookKey: secretKey.default("secret"),
    /** In the namespace ci, type kubernetes.io/basic-auth. Default `git-credentials`. */
    git: dns1123Label.default("git-credentials"),
    /** In the namespace ci, type kubernetes.io/dockerconfigjson. Default `registry-credentials`. */
    registry: dns1123Label.default("registry-credentials"),
  }).prefault({}),
  /** Volume of one run: both checkouts. Default `2Gi`. */
  storage: quantity.default("2Gi"),
  /** Class of that volume. Default: the cluster's default class. */
  storageClass: dns1123Label.optional(),
  /** Runs that stay to be looked at, of the successful and of the failed ones each. Default 20. */
  keep: z.int().min(1).default(20),
});

const jenkinsX = strictObject({
  kind: z.literal("jenkins-x"),
  /** Seconds between two looks at Git. Default 30. */
  pollSeconds: z.int().min(10).default(30),
});

/** Who builds and releases applications. */
export const ciSchema = z.discriminatedUnion("kind", [githubActions, tekton, jenkinsX]);

export type CiConfig = Readonly<z.output<typeof ciSchema>>;
export type TektonConfig = Readonly<z.output<typeof tekton>>;
export type CiSource = Readonly<z.output<typeof source>>;
export type JenkinsXConfig = Readonly<z.output<typeof jenkinsX>>;

/** A release into an environment that this stack does not serve would write where nobody looks. */
export function ciRules(
  { ci, environments }: { readonly ci: CiConfig; readonly environments: readonly Environment[] },
  sound: Sound,
): RuleProblem[] {
  if (!sound.whole("ci", "kind") || ci.kind !== "tekton" || !sound.whole("environments")) return [];
  if (!sound.outside("ci", "sources")) return [];
  return ci.sources.flatMap(({ environment }, index) => {
    const path = ["ci", "sources", index, "environment"];
    if (!sound.whole(...path) || environments.includes(environment)) return [];
    const message = `"${environment}" is not served by this stack; allowed: ${environments.join(", ")}; choose one, or add it to environments`;
    return [{ path, message }];
  });
}

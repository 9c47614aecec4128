import { z } from "zod";

import type { Maintenance, Scheduled } from "../calendar/strategy.ts";
import { environmentNames } from "../environments.ts";

import { crossCheck } from "./cross-check.ts";
import { quotaSchema } from "./quota.ts";
import { branchName, dns1123Label, groupName } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";
import { syncStrategy } from "./sync-strategy.ts";
import type { SyncWindow } from "./sync-strategy.ts";

/** Names that Kubernetes or this platform uses itself; a workload namespace must not take them. */
const reservedNamespaces =
  /^(default|kube-.*|argocd|flux-system|flagger-system|keda|monitoring|cert-manager|gitops-dashboard|gitops-hub|ci|ci-webhooks|tekton-.*|jx|jx-git-operator|preview-.*)$/;

const workloadNamespace = dns1123Label.refine((name) => !reservedNamespaces.test(name), {
  error: ({ input }) =>
    `"${String(input)}" belongs to the cluster or to a controller; allowed: a namespace of the environment's own; ` +
    `for example "dev"`,
});

/** Settings by environment, any number of them. */
function byEnvironment<Value extends z.ZodType>(value: Value) {
  return z.partialRecord(z.enum(environmentNames), value, {
    // Zod reports a key outside the enum so, though its types name other codes (zod v4/core/schemas.js, $ZodRecord).
    error: ({ code }) => ((code as string) === "unrecognized_keys" ? environmentNames.join(", ") : undefined),
  });
}

/** What the platform does by itself when a release of an application fails. */
const failureResponse = z.enum(["rollback", "degrade", "notify"]);

const applicationFields = strictObject({
  /** Name of the folder under `apps/`. */
  name: dns1123Label,
  /** Environments that it runs in. Default: every environment of the stack. */
  environments: z.array(z.enum(environmentNames)).min(1).optional(),
  /** Strategy where it differs from the environment's own. */
  sync: byEnvironment(syncStrategy).default({}),
  /**
   * `rollback` reverts the commit in Git, `degrade` turns `degradeFlag` on until the application is healthy again,
   * `notify` leaves it to people. Default `rollback`.
   */
  onFailure: failureResponse.default("rollback"),
  /** Feature flag of the application that `degrade` turns on. */
  degradeFlag: dns1123Label.optional(),
});

/** Settings of one application folder under `apps/`; a folder without an entry has the defaults. */
const application = crossCheck(applicationFields, ({ onFailure, degradeFlag }, sound) => {
  if (!sound.whole("onFailure")) return [];
  const problem = (message: string) => [{ path: ["degradeFlag"], message }];
  if (onFailure === "degrade") {
    if (degradeFlag !== undefined || !sound.whole("degradeFlag")) return [];
    return problem(
      `missing; allowed: the name of a flag, because onFailure is "degrade"; add it or choose onFailure "rollback"`,
    );
  }
  if (degradeFlag === undefined || !sound.whole("degradeFlag")) return [];
  return problem(
    `"${degradeFlag}" has no effect; allowed: only with onFailure "degrade"; remove it or change onFailure`,
  );
});

export const applicationsSchema = crossCheck(z.array(application), (applications, sound) => {
  const names = applications.map((entry, index) => (sound.whole(index, "name") ? entry.name : undefined));
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (name === undefined || first === index) return [];
    const message = `"${name}" is listed already at index ${first}; allowed: one entry an application; merge the two entries`;
    return [{ path: [index, "name"], message }];
  });
});

const environmentOverride = strictObject({
  branch: branchName.optional(),
  namespace: workloadNamespace.optional(),
  sync: z.enum(["automatic", "manual"]).optional(),
  /** Nobody approves what they wrote themselves. */
  fourEyes: z.boolean().optional(),
  quota: quotaSchema.optional(),
});

/** What differs from `infra/environments.ts`, for example one trunk branch for all environments. */
export const deliverySchema = byEnvironment(environmentOverride);

/** Groups of people by what they may do; the same names are bound in Kubernetes and in Argo CD. */
export const groupsSchema = strictObject({
  viewer: z.array(groupName).min(1).default(["gitops-viewer"]),
  deployer: z.array(groupName).min(1).default(["gitops-deployer"]),
  admin: z.array(groupName).min(1).default(["gitops-admin"]),
});

export type { SyncWindow } from "./sync-strategy.ts";
export type SyncStrategy =
  | { readonly kind: "continuous" }
  | { readonly kind: "manual" }
  | Maintenance
  | Scheduled
  | { readonly kind: "windows"; readonly windows: readonly SyncWindow[] };
/** Default of `onFailure` for a folder that has no entry. */
export const defaultFailureResponse: FailureResponse = { kind: "rollback" };
/** `onFailure` with what it needs: `degrade` always names its flag. */
export type FailureResponse =
  { readonly kind: "rollback" | "notify" } | { readonly kind: "degrade"; readonly flag: string };
export type ApplicationSettings = Readonly<z.output<typeof application>>;
export type DeliveryOverrides = Readonly<z.output<typeof deliverySchema>>;
export type Groups = Readonly<z.output<typeof groupsSchema>>;

/**
 * What a checked entry asks for.
 * @param settings `undefined` for a folder without an entry
 * @throws Error when the entry was not checked
 */
export function failureResponseOf(settings: ApplicationSettings | undefined): FailureResponse {
  if (settings === undefined) return defaultFailureResponse;
  const { name, onFailure, degradeFlag } = settings;
  if (onFailure !== "degrade") return { kind: onFailure };
  if (degradeFlag === undefined) throw new Error(`"${name}" degrades without degradeFlag; it was not checked`);
  return { kind: "degrade", flag: degradeFlag };
}

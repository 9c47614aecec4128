import { z } from "zod";

import { environmentNames, environments } from "../environments.ts";
import type { Environment } from "../environments.ts";

import { alertsSchema } from "./alerts.ts";
import { spokeRules } from "./argocd-spoke.ts";
import { ciRules, ciSchema } from "./ci.ts";
import { clusterSchema } from "./cluster.ts";
import { clustersRules, clustersSchema, remoteEnvironments } from "./clusters.ts";
import { complianceSchema } from "./compliance.ts";
import { argocdSchema, certManagerSchema, controllersSchema, prometheusSchema } from "./controllers.ts";
import { crossCheck } from "./cross-check.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";
import { dashboardSchema } from "./dashboard.ts";
import { applicationsSchema, deliverySchema, groupsSchema } from "./delivery.ts";
import { gitopsRules } from "./gitops-rules.ts";
import { fluxSchema, gitopsSchema } from "./gitops.ts";
import { previewRules, previewsSchema } from "./previews.ts";
import { scalar } from "./scalar.ts";
import { repositoryUrl } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** AWS tag restrictions (AWS Billing user guide, "User-defined tag restrictions"; Tag in the EC2 API). */
const tag = (length: { readonly min: number; readonly max: number }) =>
  scalar({
    noun: "a tag",
    allowed: `${length.min} to ${length.max} letters, digits, spaces and + - = . _ : / @, not starting with "aws:"`,
    example: "team-a",
    accepts: (value) =>
      /^[\p{L}\p{N} +\-=._:/@]*$/u.test(value) &&
      !/^aws:/i.test(value) &&
      value.length >= length.min &&
      value.length <= length.max,
  });

const fields = strictObject({
  /** Environments that this stack serves, without repetition; none in a stack that has only `clusters`. */
  environments: z.array(z.enum(environmentNames)),
  /** Repository that the GitOps engine follows: this one. */
  repository: repositoryUrl,
  cluster: clusterSchema,
  controllers: controllersSchema,
  gitops: gitopsSchema,
  flux: fluxSchema,
  argocd: argocdSchema,
  clusters: clustersSchema,
  certManager: certManagerSchema,
  prometheus: prometheusSchema,
  alerts: alertsSchema,
  applications: applicationsSchema,
  delivery: deliverySchema,
  previews: previewsSchema,
  dashboard: dashboardSchema,
  ci: ciSchema,
  compliance: complianceSchema,
  groups: groupsSchema,
  /** Tags on every cloud resource, beside those of the platform itself. */
  tags: z.record(tag({ min: 1, max: 128 }), tag({ min: 0, max: 256 })),
});

type Fields = z.output<typeof fields>;

/** The whole configuration of a stack but for its secrets. Unknown keys are refused. */
export const configSchema = crossCheck(fields, (config, sound) => [
  ...repeatedEnvironments(config, sound),
  ...unservedEnvironments(config, sound),
  ...sharedNamespaces(config, sound),
  ...previewRules(config, sound),
  ...ciRules(config, sound),
  ...gitopsRules(config, sound),
  ...clustersRules(config, sound),
  ...spokeRules(config, sound),
]);

function repeatedEnvironments({ environments: served }: Fields, sound: Sound): RuleProblem[] {
  if (!sound.outside("environments")) return [];
  return served.flatMap((environment, index) => {
    const path = ["environments", index];
    if (!sound.whole(...path) || served.indexOf(environment) === index) return [];
    return [{ path, message: `"${environment}" is listed twice; allowed: each environment once; remove one` }];
  });
}

/** Settings for an environment that this stack does not serve would be silently without effect. */
function unservedEnvironments(config: Fields, sound: Sound): RuleProblem[] {
  if (!sound.whole("environments") || !sound.whole("clusters")) return [];
  // What a hub delivers elsewhere is configured in its stack too: branch, sync, applications.
  const all = [...config.environments, ...remoteEnvironments(config.clusters)];
  const served = all.join(", ");
  const places = [...mentioned(config.delivery, ["delivery"], sound), ...inApplications(config, sound)];
  return places
    .filter(({ environment }) => !all.includes(environment))
    .map(({ environment, path }) => ({
      path,
      message: `"${environment}" is not served by this stack; allowed: ${served}; remove it or add it to environments`,
    }));
}

interface Mention {
  readonly environment: Environment;
  readonly path: PropertyKey[];
}

function inApplications({ applications }: Fields, sound: Sound): Mention[] {
  if (!sound.outside("applications")) return [];
  return applications.flatMap((application, index) => {
    const at = ["applications", index];
    if (!sound.outside(...at)) return [];
    const listed = sound.outside(...at, "environments") ? (application.environments ?? []) : [];
    return [
      ...listed
        .map((environment, position) => ({ environment, path: [...at, "environments", position] }))
        .filter(({ path }) => sound.whole(...path)),
      ...mentioned(application.sync, [...at, "sync"], sound),
    ];
  });
}

/** The environments that are keys of a record, whatever is wrong with their values. */
function mentioned(record: object, path: PropertyKey[], sound: Sound): Mention[] {
  if (!sound.outside(...path)) return [];
  const names = environmentNames.filter((environment) => environment in record);
  return names.map((environment) => ({ environment, path: [...path, environment] }));
}

/** Two environments in one namespace of one cluster would prune each other's objects. */
function sharedNamespaces(config: Fields, sound: Sound): RuleProblem[] {
  if (!sound.outside("environments")) return [];
  const elsewhere = sound.whole("clusters") ? config.clusters.map((cluster) => cluster.environments) : [];
  return [config.environments, ...elsewhere].flatMap((together) => sharedIn(together, config, sound));
}

function sharedIn(together: readonly Environment[], config: Fields, sound: Sound): RuleProblem[] {
  const served = environmentNames.filter((environment) => together.includes(environment));
  const owners = new Map<string, Environment>();
  return served.flatMap((environment) => {
    const path = ["delivery", environment, "namespace"];
    if (!sound.whole(...path)) return [];
    const namespace = config.delivery[environment]?.namespace ?? environments[environment].namespace;
    const owner = owners.get(namespace);
    owners.set(namespace, environment);
    if (owner === undefined) return [];
    const message = `"${namespace}" is the namespace of ${owner} already; allowed: a namespace of its own; choose another name`;
    return [{ path, message }];
  });
}

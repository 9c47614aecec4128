import { z } from "zod";

import { environmentNames, environments } from "../environments.ts";
import type { Environment } from "../environments.ts";

import { clusterSchema } from "./cluster.ts";
import { argocdSchema, certManagerSchema, controllersSchema, prometheusSchema } from "./controllers.ts";
import { applicationsSchema, deliverySchema, groupsSchema } from "./delivery.ts";
import { repositoryUrl } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** AWS allows letters, digits, spaces and `+ - = . _ : / @` in tags (AWS tag restrictions, EC2 user guide). */
const tagText = z.string().regex(/^[\p{L}\p{N} +\-=._:/@]*$/u, {
  error: ({ input }) =>
    `${JSON.stringify(input)} is not a tag; allowed: letters, digits, spaces and + - = . _ : / @; for example "team-a"`,
});

const fields = strictObject({
  /** Environments that this stack serves, without repetition. */
  environments: z.array(z.enum(environmentNames)).min(1),
  /** Repository that Argo CD follows: this one. */
  repository: repositoryUrl,
  cluster: clusterSchema,
  controllers: controllersSchema,
  argocd: argocdSchema,
  certManager: certManagerSchema,
  prometheus: prometheusSchema,
  applications: applicationsSchema,
  delivery: deliverySchema,
  groups: groupsSchema,
  /** Tags on every cloud resource, beside those of the platform itself. */
  tags: z.record(tagText, tagText),
});

type Fields = z.output<typeof fields>;

/** The whole configuration of a stack but for its secrets. Unknown keys are refused. */
export const configSchema = fields.superRefine((config, context) => {
  const problem = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
  config.environments.forEach((environment, index) => {
    if (config.environments.indexOf(environment) === index) return;
    problem(["environments", index], `"${environment}" is listed twice; allowed: each environment once; remove one`);
  });
  refuseUnserved(config, problem);
  refuseSharedNamespaces(config, problem);
});

type Report = (path: PropertyKey[], message: string) => void;

/** Settings for an environment that this stack does not serve would be silently without effect. */
function refuseUnserved(config: Fields, report: Report): void {
  const served = config.environments.join(", ");
  const check = (environment: Environment, path: PropertyKey[]) => {
    if (config.environments.includes(environment)) return;
    report(
      path,
      `"${environment}" is not served by this stack; allowed: ${served}; remove it or add it to environments`,
    );
  };
  for (const environment of Object.keys(config.delivery) as Environment[])
    check(environment, ["delivery", environment]);
  config.applications.forEach((application, index) => {
    application.environments?.forEach((environment, at) => {
      check(environment, ["applications", index, "environments", at]);
    });
    for (const environment of Object.keys(application.sync) as Environment[]) {
      check(environment, ["applications", index, "sync", environment]);
    }
  });
}

/** Two environments in one namespace would prune each other's objects. */
function refuseSharedNamespaces(config: Fields, report: Report): void {
  const owners = new Map<string, Environment>();
  for (const environment of new Set(config.environments)) {
    const namespace = config.delivery[environment]?.namespace ?? environments[environment].namespace;
    const owner = owners.get(namespace);
    if (owner !== undefined) {
      report(
        ["delivery", environment, "namespace"],
        `"${namespace}" is the namespace of ${owner} already; allowed: a namespace of its own; choose another name`,
      );
    }
    owners.set(namespace, environment);
  }
}

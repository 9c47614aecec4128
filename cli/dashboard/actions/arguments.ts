import type { ClusterFlags } from "../../cluster/flags.ts";
import type { ActionName } from "../model.ts";

import type { CheckedRequest } from "./requests.ts";

/** Where the commands act: what `gitops dashboard` was started with. */
export interface Target extends ClusterFlags {
  /** Absolute; undefined without a clone. */
  readonly directory: string | undefined;
  readonly remote?: string;
}

type Requests = { readonly [Name in ActionName]: CheckedRequest<Name> };

/** `--name=value` in one word, so that a value that begins with a dash is no option. */
const option = (name: string, value: string | true | undefined): readonly string[] =>
  value === undefined ? [] : value === true ? [`--${name}`] : [`--${name}=${value}`];
const flag = (name: string, value: boolean | undefined): readonly string[] => (value ? [`--${name}`] : []);

const clusterOf = ({ kubeconfig, context, local }: Target): readonly string[] => [
  ...option("kubeconfig", kubeconfig),
  ...option("context", context),
  ...option("local", local),
];
const repositoryOf = ({ directory, remote }: Target): readonly string[] => [
  ...option("directory", directory),
  ...option("remote", remote),
];

const builders: { readonly [Name in ActionName]: (request: Requests[Name], target: Target) => readonly string[] } = {
  approve: ({ application, environment, reason, dryRun }, target) => [
    application,
    ...option("env", environment),
    ...option("message", reason),
    ...flag("dry-run", dryRun),
    // The page shows what follows.
    "--no-wait",
    ...clusterOf(target),
    ...repositoryOf(target),
  ],
  promote: ({ application, from, to, dryRun }, target) => [
    ...(application === undefined ? ["--all"] : [application]),
    ...option("from", from),
    ...option("to", to),
    ...flag("dry-run", dryRun),
    ...clusterOf(target),
    ...repositoryOf(target),
  ],
  rollback: ({ application, environment, to, reason, emergency, dryRun }, target) => [
    application,
    ...option("env", environment),
    ...option("to", to),
    ...option("reason", reason),
    ...flag("emergency", emergency),
    ...flag("dry-run", dryRun),
    ...clusterOf(target),
    ...repositoryOf(target),
  ],
  freeze: ({ environment, applications = [], until, reason, strict, dryRun }, target) => [
    ...option("env", environment),
    ...applications.flatMap((name) => option("app", name)),
    ...option("until", until),
    ...option("reason", reason),
    ...flag("strict", strict),
    ...flag("dry-run", dryRun),
    // How it gets to the others is for the command to say: on GitHub a pull request.
    ...option("directory", target.directory),
  ],
  unfreeze: ({ environment, application, reason, dryRun }, target) => [
    ...option("env", environment),
    ...option("app", application),
    ...option("reason", reason),
    ...flag("dry-run", dryRun),
    ...option("directory", target.directory),
  ],
};

/** What a person would type after `gitops` to do the same. */
export function argumentsOf<Name extends ActionName>(
  name: Name,
  request: Requests[Name],
  target: Target,
): readonly string[] {
  return [name, ...builders[name](request, target)];
}

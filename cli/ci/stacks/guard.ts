import type { Environment } from "../environment.ts";
import { connect } from "../github/client.ts";

/** Stacks that nobody deploys alone. */
const guarded: readonly string[] = ["staging", "prod"];

/**
 * Checks that a deployment waits for a person where it must. GitHub makes an environment that does not exist when a job
 * names it, without reviewers; so this has to run before such a job.
 * @returns what was found, for the log
 * @throws when the environment of staging or prod has no required reviewers
 */
export async function guardEnvironment(stack: string, environment: Environment): Promise<string> {
  if (!guarded.includes(stack)) return `environment ${stack}: needs no reviewer`;
  const { api, repository } = connect(environment);
  const { data } = await api.rest.repos
    .getEnvironment({ ...repository, environment_name: stack })
    .catch((error: unknown) => {
      if ((error as { readonly status?: number }).status === 404) return { data: undefined };
      throw error;
    });
  const reviewers = (data?.protection_rules ?? []).flatMap((rule) =>
    "reviewers" in rule ? (rule.reviewers ?? []) : [],
  );
  if (reviewers.length > 0) return `environment ${stack}: ${reviewers.length} required reviewer(s)`;
  throw new Error(
    `environment "${stack}" has no required reviewers: add them in the repository's settings, Environments, ${stack}, ` +
      `"Required reviewers" (.github/workflows/README.md)`,
  );
}

import { Octokit } from "@octokit/rest";

import { required } from "../environment.ts";
import type { Environment } from "../environment.ts";

/** Owner and name of a repository. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** The API of GitHub, with the repository that the workflow runs in. */
export interface GitHub {
  readonly api: Octokit;
  readonly repository: Repository;
}

/**
 * Connects as GitHub Actions describes itself: GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL (github/docs,
 * "Variables reference").
 * @throws when one of the first two is missing
 */
export function connect(environment: Environment): GitHub {
  const baseUrl = environment["GITHUB_API_URL"];
  const api = new Octokit({
    auth: required(environment, "GITHUB_TOKEN"),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    // Quiet: what fails is thrown, and some of what fails is expected.
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return { api, repository: parseRepository(required(environment, "GITHUB_REPOSITORY")) };
}

/** @throws for anything but `owner/name` */
export function parseRepository(name: string): Repository {
  const match = /^([\w.-]+)\/([\w.-]+)$/.exec(name);
  if (match === null) throw new Error(`repository "${name}": allowed is owner/name, such as "example/gitops-platform"`);
  return { owner: match[1] ?? "", repo: match[2] ?? "" };
}

import { connect } from "../ci/github/client.ts";

/** Where a repository is on GitHub, or on a GitHub Enterprise Server. */
export interface GitHubPlace {
  /** `owner/name`. */
  readonly repository: string;
  /** Of the API. Default: that of github.com. */
  readonly api?: string | undefined;
}

/** A client for one repository, as the holder of a token. */
export function connectTo({ repository, api }: GitHubPlace, token: string): ReturnType<typeof connect> {
  const address = api === undefined ? {} : { GITHUB_API_URL: api };
  return connect({ GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository, ...address });
}

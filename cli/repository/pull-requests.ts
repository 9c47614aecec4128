/** A change that is proposed to people. */
export interface Proposal {
  /** Branch with the change, and branch that it shall be merged into. */
  readonly head: string;
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export interface PullRequest {
  readonly number: number;
  /** Its page. */
  readonly url: string;
  /** What became of it now. */
  readonly outcome: "created" | "updated" | "unchanged";
}

/** Pull requests of a host of repositories. A host without them is plain Git, where changes are pushed. */
export interface PullRequests {
  /**
   * Opens a pull request, or brings the open one with the same branches up to date: never two.
   * @throws UsageError with the host's words
   */
  readonly propose: (proposal: Proposal) => Promise<PullRequest>;
}

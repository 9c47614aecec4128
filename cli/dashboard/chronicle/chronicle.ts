import pLimit from "p-limit";

import type { Environment } from "../../../infra/environments.ts";
import type { Cluster } from "../../cluster/connect.ts";
import type { HistoryDocument } from "../../history/model.ts";
import { readHistory } from "../../history/read.ts";
import { tryGit } from "../../recovery/git.ts";
import { isAncestor } from "../../recovery/history.ts";
import { fetchBranch } from "../../recovery/workspace.ts";
import type { Repository } from "../../repository/open.ts";
import type { DeploymentDiff } from "../model.ts";

import { readDiff } from "./diff.ts";

/** History and differences, from a clone. */
export interface Chronicle {
  /** @throws when the remote does not answer */
  readonly history: (wanted: Parameters<typeof readHistory>[2]) => Promise<HistoryDocument>;
  /**
   * @returns undefined when a commit is not on the branch of the environment
   * @throws when the remote does not answer
   */
  readonly diff: (wanted: WantedDiff) => Promise<DeploymentDiff | undefined>;
}

export interface WantedDiff {
  readonly environment: Environment;
  readonly application: string;
  /** Commits as hexadecimal digits, 7 or more. */
  readonly revision: string;
  readonly base?: string | undefined;
}

/** Answers of each kind that are kept. */
const kept = 200;
/** How long a history counts as new, in milliseconds: people click faster than they deploy. */
const freshness = 2000;

/** @param branchOf the branch that an environment follows */
export function openChronicle(
  repository: Repository,
  connect: () => Promise<Cluster>,
  branchOf: (environment: Environment) => Promise<string>,
): Chronicle {
  // Two fetches of one reference at a time hinder each other.
  const oneByOne = pLimit(1);
  const diffs = new Map<string, DeploymentDiff>();
  const histories = new Map<string, { readonly until: number; readonly document: Promise<HistoryDocument> }>();
  const folder = repository.repository;

  const find = async (branch: string, revision: string): Promise<string | undefined> => {
    const parsed = await tryGit(folder, ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]);
    const commit = parsed.stdout.trim();
    const known = parsed.ok && (await isAncestor(folder, commit, `refs/gitops/heads/${branch}`));
    return known ? commit : undefined;
  };
  const resolve = async (environment: Environment, revision: string): Promise<string | undefined> => {
    const branch = await branchOf(environment);
    const known = await find(branch, revision);
    if (known !== undefined) return known;
    await fetchBranch(repository, branch);
    return find(branch, revision);
  };

  return {
    history: (wanted) => {
      const key = JSON.stringify(wanted);
      const known = histories.get(key);
      if (known !== undefined && performance.now() < known.until) return known.document;
      const document = oneByOne(() => readHistory(repository, connect, wanted));
      histories.set(key, { until: Infinity, document });
      for (const oldest of [...histories.keys()].slice(0, -kept)) histories.delete(oldest);
      const settle = (until: number): void => void histories.set(key, { until, document });
      document.then(
        () => settle(performance.now() + freshness),
        () => histories.delete(key),
      );
      return document;
    },
    diff: ({ environment, application, revision, base }) =>
      oneByOne(async () => {
        const to = await resolve(environment, revision);
        const from = base === undefined ? undefined : await resolve(environment, base);
        if (to === undefined || (base !== undefined && from === undefined)) return undefined;
        const key = [environment, application, from, to].join(" ");
        const diff = diffs.get(key) ?? (await readDiff(folder, { environment, application, revision: to, base: from }));
        // The one that was asked for last is the last to go.
        diffs.delete(key);
        diffs.set(key, diff);
        for (const oldest of [...diffs.keys()].slice(0, -kept)) diffs.delete(oldest);
        return diff;
      }),
  };
}

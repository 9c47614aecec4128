import type { Environment } from "../../infra/environments.ts";
import { applicationOf, environmentOf, platformApplications } from "../cluster/applications.ts";
import type { PlatformApplication } from "../cluster/applications.ts";
import type { Cluster } from "../cluster/connect.ts";
import { UsageError } from "../errors.ts";
import { short } from "../recovery/git.ts";
import { isAncestor, ownCommits } from "../recovery/history.ts";
import { ownPaths } from "../recovery/own-paths.ts";
import { fetchBranch } from "../recovery/workspace.ts";
import type { Repository } from "../repository/open.ts";
import type { ApplicationStatus } from "../status/model.ts";
import { readStatus } from "../status/read.ts";

import type { RecordedApproval, WaitsFor } from "./approvals.ts";

/** An application in an environment, and what of it waits for a person. */
export interface Candidate {
  readonly object: PlatformApplication;
  readonly status: ApplicationStatus;
  readonly namespace: string;
  readonly branch: string;
  /** The overlay. */
  readonly path: string;
  /** Undefined when nothing waits for a person. */
  readonly waitsFor: WaitsFor | undefined;
  /** What waits, or else runs; undefined where Argo CD has not compared it yet. */
  readonly revision: string | undefined;
  /** What could not be read, and why. */
  readonly warnings: readonly string[];
}

/** @throws UsageError when the cluster has no such Application, or does not answer */
export async function findCandidate(
  cluster: Cluster,
  application: string,
  environment: Environment,
): Promise<Candidate> {
  const { applications, warnings } = await readStatus(cluster, { application, environments: [environment] });
  const [status] = applications;
  const object = (await platformApplications(cluster)).find(
    (item) => applicationOf(item) === application && environmentOf(item) === environment,
  );
  const { targetRevision: branch, path } = object?.spec.source ?? {};
  if (status === undefined || object === undefined || branch === undefined || path === undefined) {
    throw new UsageError(`Argo CD's Application of ${application} in ${environment} names no branch and folder`);
  }
  const waitsFor = status.waitsFor === "window" ? undefined : (status.waitsFor ?? undefined);
  const revision = (waitsFor === "sync" ? status.wanted : (status.running ?? status.wanted)) ?? undefined;
  const namespace = object.spec.destination?.namespace ?? environment;
  return { object, status, namespace, branch, path, waitsFor, revision, warnings };
}

/** What a person is asked to let through. */
export interface ShownChange {
  readonly revision: string;
  /** The newest commit of the application in it. */
  readonly commit: string;
  readonly subject: string;
  readonly author: string;
  /** Commits of the application since what was let through before. */
  readonly count: number;
  /** What was let through before; undefined where nothing was. */
  readonly base: string | undefined;
  /** Newest commit of the branch. */
  readonly tip: string;
}

/**
 * What lies between what was let through before and what waits.
 * @returns words about why there is nothing to approve when the branch does not have the revision (any more)
 */
export async function shownChange(
  repository: Repository,
  { object, status, branch, path }: Candidate,
  { revision, waitsFor }: { readonly revision: string; readonly waitsFor: WaitsFor },
  approvals: readonly RecordedApproval[],
): Promise<ShownChange | string> {
  const clone = repository.repository;
  const own = ownPaths(path);
  const tip = await fetchBranch(repository, branch);
  if (!(await isAncestor(clone, revision, tip))) {
    return `branch "${branch}" does not have ${short(revision)}; Argo CD has yet to look again, or it follows another repository`;
  }
  // Where nobody approved one yet, all that Argo CD remembers: what was synced need not have passed its analysis.
  const deployed = (object.status?.history ?? []).flatMap(({ revision: one }) => one ?? []);
  const approved = approvals.filter((one) => one.waitsFor === "promotion").map((one) => one.revision);
  const earlier = waitsFor === "sync" ? [status.running ?? ""] : [...approved, ...deployed];
  let base: string | undefined;
  for (const one of earlier) {
    if (one === "" || one === revision || !(await isAncestor(clone, one, revision))) continue;
    // A release is looked at again where others of the branch were synced since.
    if (waitsFor === "promotion" && (await ownCommits(clone, `${one}..${revision}`, own, 1)).length === 0) continue;
    base = one;
    break;
  }
  const range = base === undefined ? revision : `${base}..${revision}`;
  const since = await ownCommits(clone, range, own, base === undefined ? 1 : Infinity);
  // Nothing of its own: a shared component changed, or somebody changed the cluster.
  const newest = since[0] ?? (await ownCommits(clone, revision, own, 1))[0];
  if (newest === undefined) return `no commit up to ${short(revision)} has "${path}"`;
  const { id: commit, subject, author } = newest;
  return { revision, commit, subject, author, count: since.length, base, tip };
}

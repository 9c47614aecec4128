import type { WindowState } from "../../infra/calendar/window-state.ts";
import { environments } from "../../infra/environments.ts";
import type { Environment } from "../../infra/environments.ts";
import { applicationOf, environmentOf, platformApplications, runningRevision } from "../cluster/applications.ts";
import type { Cluster } from "../cluster/connect.ts";
import { UsageError } from "../errors.ts";
import { parseEvent } from "../recovery/event.ts";
import type { RecoveryEvent } from "../recovery/event.ts";
import { ownCommits } from "../recovery/history.ts";
import { ownPaths } from "../recovery/own-paths.ts";
import { fetchBranch } from "../recovery/workspace.ts";
import type { Repository } from "../repository/open.ts";
import { readProjectWindows } from "../windows/read.ts";

/** What is to be rolled back, in the words of the automatic rollback, and how its environment syncs. */
export interface Subject {
  readonly event: RecoveryEvent;
  /** What delivers it; Argo CD where no cluster was asked. */
  readonly engine: "argocd" | "flux";
  /** Of the Application or Kustomization; undefined where no cluster was asked. */
  readonly namespace?: string | undefined;
  /** Whether that syncs it by itself; undefined when no cluster was asked. */
  readonly automated: boolean | undefined;
  /** What its sync windows permit now; undefined where none holds for it, or no cluster was asked. */
  readonly windows: WindowState | undefined;
  /** What could not be read, and why. */
  readonly warning?: string | undefined;
}

/**
 * What runs, as Argo CD or Flux says it: the revision, and those that were deployed before.
 * @throws UsageError when there is no such Application, or nothing of it was ever synced
 */
export async function subjectIn(cluster: Cluster, application: string, environment: Environment): Promise<Subject> {
  const all = await platformApplications(cluster);
  const found = all.find((item) => applicationOf(item) === application && environmentOf(item) === environment);
  if (found === undefined) {
    const known = all.map((item) => `${applicationOf(item)} in ${environmentOf(item)}`).sort();
    throw new UsageError(
      `no Application of ${application} in ${environment}; there are: ${known.join(", ") || "none"}; ` +
        "another --context may have it, and --no-cluster works from Git alone",
    );
  }
  const revision = runningRevision(found);
  if (revision === undefined) {
    throw new UsageError(`${found.metadata.name} was never synced: there is nothing to roll back`);
  }
  const { spec, status, metadata } = found;
  const event = parseEvent({
    version: 1,
    kind: "degraded",
    name: metadata.name,
    application,
    environment,
    project: spec.project,
    repository: spec.source?.repoURL,
    branch: spec.source?.targetRevision,
    path: spec.source?.path,
    revision,
    onFailure: "rollback",
    deployed: (status?.history ?? []).flatMap((entry) => entry.revision ?? []),
  });
  const automated = spec.syncPolicy?.automated;
  const engine = found.engine ?? "argocd";
  // A refusal to tell is no reason to refuse a rollback. Flux has no windows, whatever Argo CD has left behind.
  const windows = engine === "flux" ? undefined : await readProjectWindows(cluster);
  return {
    event,
    engine,
    namespace: metadata.namespace,
    automated: automated !== undefined && automated.enabled !== false,
    windows: windows?.stateOf(spec.project ?? environment, metadata.name, new Date()),
    warning: windows?.warning,
  };
}

/**
 * The newest state of the environment's branch, where no cluster is asked: its last change of the application counts as
 * what runs.
 * @throws UsageError when the branch does not have the application
 */
export async function subjectInGit(
  repository: Repository,
  application: string,
  environment: Environment,
): Promise<Subject> {
  const { branch } = environments[environment];
  const path = `apps/${application}/overlays/${environment}`;
  const tip = await fetchBranch(repository, branch);
  const [newest] = await ownCommits(repository.repository, tip, ownPaths(path), 1);
  if (newest === undefined) throw new UsageError(`no commit on branch "${branch}" changes ${path}`);
  const fields = { version: 1, kind: "degraded", onFailure: "rollback", name: `${application}-${environment}` };
  const event = { ...fields, application, environment, repository: repository.url, branch, path, revision: newest.id };
  return { event: parseEvent(event), engine: "argocd", automated: undefined, windows: undefined };
}

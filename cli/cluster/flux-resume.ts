import { fluxPaths, reconcileAnnotation } from "../../local/flux/names.ts";
import { commitOf } from "../../local/flux/objects.ts";
import type { GitRepository, Kustomization } from "../../local/flux/objects.ts";
import { UsageError } from "../errors.ts";

import type { Cluster } from "./connect.ts";
import type { SyncOutcome } from "./sync.ts";

/** A suspended Kustomization that a person lets go on, once. */
export interface ResumeRequest {
  readonly name: string;
  readonly namespace: string;
  /** The commit, all digits: exactly what was looked at, whatever the branch has by then. */
  readonly revision: string;
}

export interface ResumeOptions {
  /** In milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Between two looks, in milliseconds. */
const interval = 1_000;

/**
 * As `resumeOnce`, of a commit that was pushed a moment ago: has Flux look at Git first.
 * @returns how it ended; `Running` as well when Flux did not find the commit in time: nothing was begun then
 * @throws UsageError as `resumeOnce`, and when Git cannot be read
 */
export async function resumeAt(
  cluster: Cluster,
  request: ResumeRequest,
  { patience, signal }: ResumeOptions,
): Promise<SyncOutcome> {
  const { name, namespace, revision } = request;
  const deadline = Date.now() + patience;
  const { spec } = found(await cluster.get<Kustomization>(`${fluxPaths.kustomizations(namespace)}/${name}`), name);
  const source = `${fluxPaths.gitRepositories(namespace)}/${spec.sourceRef.name}`;
  const requestedAt = new Date().toISOString();
  await cluster.patch(source, { metadata: { annotations: { [reconcileAnnotation]: requestedAt } } });
  for (;;) {
    signal.throwIfAborted();
    const { status = {} } = found(await cluster.get<GitRepository>(source), spec.sourceRef.name);
    if (commitOf(status.artifact?.revision) === revision) break;
    const ready = status.conditions?.find(({ type }) => type === "Ready");
    if (status.lastHandledReconcileAt === requestedAt) {
      if (ready?.status === "False") {
        throw new UsageError(`${name}: Flux cannot read Git: ${ready.reason}: ${ready.message}`);
      }
      // A newer commit: said below.
      if (ready?.status === "True") break;
    }
    if (Date.now() >= deadline)
      return { phase: "Running", message: `Flux has not fetched ${revision.slice(0, 7)} yet` };
    await pause();
  }
  return resumeOnce(cluster, request, { patience: deadline - Date.now(), signal });
}

/**
 * Has Flux apply one commit to what is suspended, and suspends it again whatever comes: Flux has no "apply this commit
 * once". Meanwhile the GitRepository of the environment is suspended, so that what a later push brings cannot slip in.
 * An interruption is answered after both are as they were.
 * @returns how it ended; `Running` when the time is over: what was begun goes on
 * @throws UsageError when Flux has another commit by now, somebody else is at it, or a right is missing
 */
export async function resumeOnce(
  cluster: Cluster,
  { name, namespace, revision }: ResumeRequest,
  { patience, signal }: ResumeOptions,
): Promise<SyncOutcome> {
  const path = `${fluxPaths.kustomizations(namespace)}/${name}`;
  const read = async (): Promise<Kustomization> => found(await cluster.get<Kustomization>(path), name);
  const before = await read();
  if (before.spec.suspend !== true) throw new UsageError(`${name}: it is not suspended; somebody lets it go on now`);
  const source = `${fluxPaths.gitRepositories(namespace)}/${before.spec.sourceRef.name}`;
  const held = found(await cluster.get<GitRepository>(source), before.spec.sourceRef.name).spec.suspend === true;
  if (held) {
    throw new UsageError(
      `${name}: the GitRepository of ${namespace} is suspended: another approval is under way, or one was killed; try again ` +
        `when it has ended, or: kubectl patch gitrepository ${before.spec.sourceRef.name} --namespace ${namespace} ` +
        `--type merge --patch '{"spec":{"suspend":false}}'`,
    );
  }
  try {
    await cluster.patch(source, { spec: { suspend: true } });
    const { status } = found(await cluster.get<GitRepository>(source), before.spec.sourceRef.name);
    const now = commitOf(status?.artifact?.revision);
    if (now !== revision)
      throw new UsageError(`${name}: Flux has ${now.slice(0, 7)} by now; look at that, and ask again`);
    const requestedAt = new Date().toISOString();
    const annotations = { [reconcileAnnotation]: requestedAt };
    await cluster.patch(path, { metadata: { annotations }, spec: { suspend: false } });
    return await awaitApplied(read, { revision, requestedAt, deadline: Date.now() + patience, signal });
  } finally {
    await cluster.patch(path, { spec: { suspend: true } });
    await cluster.patch(source, { spec: { suspend: null } });
  }
}

interface Awaited {
  readonly revision: string;
  readonly requestedAt: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

async function awaitApplied(
  read: () => Promise<Kustomization>,
  { revision, requestedAt, deadline, signal }: Awaited,
): Promise<SyncOutcome> {
  for (;;) {
    signal.throwIfAborted();
    const { status = {} } = await read();
    const ready = status.conditions?.find(({ type }) => type === "Ready");
    const message = ready?.message ?? "";
    // Written together with the outcome of that very request (kustomize-controller 1.9.5, docs/spec/v1/kustomizations.md).
    if (status.lastHandledReconcileAt === requestedAt && ready !== undefined && ready.status !== "Unknown") {
      const applied = commitOf(status.lastAppliedRevision) === revision;
      if (ready.status === "True" && applied) return { phase: "Succeeded", message };
      // A wait for health that something newer has ended begins anew by itself.
      if (ready.status === "False" && ready.reason !== "HealthCheckCanceled") {
        return { phase: "Failed", message: `${ready.reason}: ${message}` };
      }
    }
    if (Date.now() >= deadline) return { phase: "Running", message };
    await pause();
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, interval));

function found<T>(object: T | undefined, name: string): T {
  if (object === undefined) throw new UsageError(`the cluster has no "${name}" of Flux`);
  return object;
}

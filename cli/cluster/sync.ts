import { applicationsPath } from "../../local/argocd/applications.ts";
import { UsageError } from "../errors.ts";

import type { PlatformApplication } from "./applications.ts";
import { ConflictError } from "./conflict.ts";
import type { Cluster } from "./connect.ts";

/** A sync that a person asks for. */
export interface SyncRequest {
  /** Of the Application. */
  readonly name: string;
  /** The commit, all digits: exactly what was looked at, whatever the branch has by then. */
  readonly revision: string;
  /** Who asks, as Argo CD's history will show it. */
  readonly by: string;
  /** Facts that Argo CD keeps with the operation. Default: none. */
  readonly info?: readonly { readonly name: string; readonly value: string }[];
  /** Deletes what Git does not have any more. Default: what the automation of the Application would do. */
  readonly prune?: boolean;
}

/** How a sync ended. */
export interface SyncOutcome {
  /** `Running`: not yet, within the time that was given. */
  readonly phase: "Succeeded" | "Failed" | "Error" | "Running";
  /** Argo CD's words. */
  readonly message: string;
}

/** The fields of an Application that a sync needs (argo-cd v3.5.7, pkg/apis/application/v1alpha1/types.go). */
interface Syncable extends PlatformApplication {
  readonly spec: PlatformApplication["spec"] & {
    readonly syncPolicy?: {
      readonly automated?: { readonly enabled?: boolean; readonly prune?: boolean };
      readonly retry?: object;
      readonly syncOptions?: readonly string[];
    };
  };
  readonly status?: PlatformApplication["status"] & {
    readonly operationState?: { readonly operation?: { readonly sync?: { readonly revision?: string } } };
  };
}

const attempts = 5;
/** Between two looks at a sync, in milliseconds. */
const interval = 1_000;

/**
 * Asks Argo CD for a sync as its own API server does: by the field `operation` of the Application (argo-cd v3.5.7,
 * server/application/application.go, Sync; docs/user-guide/sync-kubectl.md). It counts as a manual one, because it is
 * not `automated`: a window stops it unless it has `manualSync` (controller/sync.go, syncWindowPreventsSync). There it
 * would hang until the window opens, so ask only where people get through.
 * @throws UsageError when there is no such Application, another sync is under way, or a right is missing
 */
export async function requestSync(cluster: Cluster, request: SyncRequest): Promise<void> {
  const path = pathOf(request.name);
  for (let attempt = 1; ; attempt += 1) {
    const found = await read(cluster, request.name);
    if (found.operation !== undefined) {
      throw new UsageError(`${request.name}: another sync is under way; try again when it has ended`);
    }
    const { resourceVersion } = found.metadata;
    const fields = { metadata: { resourceVersion }, operation: operationOf(found, request) };
    try {
      await cluster.patch(path, fields);
      return;
    } catch (error) {
      // The controller writes the status all the time.
      if (!(error instanceof ConflictError) || attempt === attempts) throw error;
    }
  }
}

/**
 * Waits until a sync of that commit has ended.
 * @param patience in milliseconds
 */
export async function awaitSync(
  cluster: Cluster,
  { name, revision }: Pick<SyncRequest, "name" | "revision">,
  { patience, signal }: { readonly patience: number; readonly signal: AbortSignal },
): Promise<SyncOutcome> {
  const deadline = Date.now() + patience;
  for (;;) {
    signal.throwIfAborted();
    const { operation, status } = await read(cluster, name);
    const state = status?.operationState;
    const message = state?.message ?? "";
    // `operation` goes when it has ended (controller/appcontroller.go, setOperationState).
    if (operation === undefined && state?.operation?.sync?.revision === revision && isOver(state.phase)) {
      return { phase: state.phase, message };
    }
    if (Date.now() >= deadline) return { phase: "Running", message };
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}

const isOver = (phase: string): phase is "Succeeded" | "Failed" | "Error" =>
  phase === "Succeeded" || phase === "Failed" || phase === "Error";

function operationOf({ spec }: Syncable, { revision, by, info, prune }: SyncRequest): object {
  const { automated, retry, syncOptions } = spec.syncPolicy ?? {};
  return {
    initiatedBy: { username: by },
    sync: {
      revision,
      prune: prune ?? automated?.prune ?? false,
      ...(syncOptions === undefined ? {} : { syncOptions }),
    },
    ...(info === undefined ? {} : { info }),
    ...(retry === undefined ? {} : { retry }),
  };
}

const pathOf = (name: string): string => `${applicationsPath}/${encodeURIComponent(name)}`;

async function read(cluster: Cluster, name: string): Promise<Syncable> {
  const found = await cluster.get<Syncable>(pathOf(name));
  if (found === undefined) throw new UsageError(`no Application "${name}" of Argo CD`);
  return found;
}

import type { GitopsKind } from "../../infra/config/gitops.ts";
import { applicationChanges } from "../argocd/application-changes.ts";
import { listApplications } from "../argocd/applications.ts";
import type { Application } from "../argocd/applications.ts";
import { readHeldByWindows } from "../argocd/held-by-windows.ts";
import type { HeldByWindows } from "../argocd/held-by-windows.ts";
import { refreshApplications } from "../argocd/refresh.ts";
import { fluxApplicationChanges, listFluxApplications, refreshFlux } from "../flux/applications.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

/** What the platform asks of whatever brings Git into the cluster. */
export interface GitopsEngine {
  readonly kind: GitopsKind;
  /** As people call it. */
  readonly title: string;
  /** Every application that there is. */
  readonly list: (client: RestClient) => Promise<readonly Application[]>;
  /** All applications by name, at first and after every change, until the signal aborts. Never rejects. */
  readonly changes: (client: RestClient, signal: AbortSignal) => AsyncGenerator<ReadonlyMap<string, Application>>;
  /** Has it look at Git now, for these applications; those that are gone meanwhile are passed over. */
  readonly refresh: (client: RestClient, names: readonly string[]) => Promise<void>;
  /** Which applications a window holds up; Flux has no windows. */
  readonly heldByWindows: (client: RestClient) => Promise<HeldByWindows>;
}

const argocd: GitopsEngine = {
  kind: "argocd",
  title: "Argo CD",
  list: async (client) => (await listApplications(client)).items,
  changes: applicationChanges,
  refresh: refreshApplications,
  heldByWindows: readHeldByWindows,
};

const flux: GitopsEngine = {
  kind: "flux",
  title: "Flux",
  list: listFluxApplications,
  changes: fluxApplicationChanges,
  refresh: refreshFlux,
  heldByWindows: () => Promise.resolve(() => undefined),
};

const engines: Readonly<Record<GitopsKind, GitopsEngine>> = { argocd, flux };

export const gitopsEngine = (kind: GitopsKind): GitopsEngine => engines[kind];

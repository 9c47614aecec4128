import { commitOf } from "./objects.ts";
import type { Kustomization } from "./objects.ts";

/** A commit that was applied. */
export interface AppliedRevision {
  /** 0 for the first of all, where Flux still knows it. */
  readonly id: number;
  readonly revision: string;
  /** ISO 8601. */
  readonly deployedAt: string;
}

/** Outcomes of what was applied; after the others the cluster may still have what was there before. */
const appliedStatuses: readonly string[] = ["ReconciliationSucceeded", "HealthCheckFailed"];

/** How many contents Flux remembers (fluxcd/pkg, apis/meta v1.30.2, history.go). */
const remembered = 5;

/**
 * What was applied, oldest first, whether it became healthy or not: it runs, and a release that fails is the one to roll back.
 *
 * An entry of Flux is of a content, at the newest commit that had it. Its times are those of the content: of one that came
 * back it is known that it came after the one before.
 */
export function appliedRevisions(kustomization: Kustomization): readonly AppliedRevision[] {
  const all = kustomization.status?.history ?? [];
  const entries: Omit<AppliedRevision, "id">[] = [];
  let before = "";
  for (const one of all.toReversed()) {
    const revision = commitOf(one.metadata?.["revision"]);
    if (revision === "" || !appliedStatuses.includes(one.lastReconciledStatus)) continue;
    if (entries.at(-1)?.revision === revision) entries.pop();
    entries.push({ revision, deployedAt: one.firstReconciled > before ? one.firstReconciled : before });
    before = one.lastReconciled;
  }
  const waited = waitedFor(kustomization);
  if (waited !== undefined && entries.at(-1)?.revision !== waited.revision) entries.push(waited);
  // 0 is the first of all; where Flux has forgotten some, the oldest that it knows is not.
  const first = all.length < remembered ? 0 : 1;
  return entries.map((entry, index) => ({ id: first + index, ...entry }));
}

/** What is applied, while its health is waited for: up to the whole time of an analysis, without an entry in the history. */
function waitedFor({ status = {} }: Kustomization): Omit<AppliedRevision, "id"> | undefined {
  const healthy = status.conditions?.find(({ type }) => type === "Healthy");
  const revision = status.lastAttemptedRevision ?? "";
  // In the words of kustomize-controller 1.9.5 (internal/controller/kustomization_controller.go, checkHealth): a wait that a
  // newer commit ended leaves the condition as it was.
  if (healthy?.status !== "Unknown" || !healthy.message.includes(`revision ${revision} `)) return undefined;
  return { revision: commitOf(revision), deployedAt: healthy.lastTransitionTime };
}

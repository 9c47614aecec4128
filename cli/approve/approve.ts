import type { Environment } from "../../infra/environments.ts";
import { connectCluster } from "../cluster/connect.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import { oneLine } from "../recovery/context.ts";
import { short } from "../recovery/git.ts";
import type { Person } from "../recovery/workspace.ts";
import type { RepositoryFlags } from "../repository/flags.ts";
import { openRepository, personOf } from "../repository/open.ts";

import { readApprovals } from "./approvals.ts";
import { argocdFor, maySync } from "./argocd-api.ts";
import { findCandidate, shownChange } from "./candidate.ts";
import type { Candidate } from "./candidate.ts";
import { hasFourEyes, ownChange } from "./four-eyes.ts";
import { letThrough } from "./let-through.ts";
import { noteApproval, noteRefusal, recordApproval } from "./record.ts";
import type { ApprovalResult } from "./result.ts";

/** What is asked for. */
export interface ApprovalRequest extends ClusterFlags, RepositoryFlags {
  readonly application: string;
  readonly environment: Environment;
  /** Why, for the record. */
  readonly message?: string | undefined;
  /** Shows what would be let through, and does nothing. */
  readonly dryRun?: boolean;
  /** Waits until it is well. */
  readonly wait: boolean;
  /** Seconds to wait at most. */
  readonly timeout: number;
  /** Lets the sync delete what Git does not have any more. */
  readonly prune?: boolean;
}

export interface ApprovalOptions {
  readonly signal: AbortSignal;
  /** Told what happens, a line each. */
  readonly say: (words: string) => void;
}

/**
 * Approves what waits for a person: looks at it, records it in Git, lets it through, and follows it.
 * @throws UsageError, or an error of Git
 */
export async function approve(request: ApprovalRequest, options: ApprovalOptions): Promise<ApprovalResult> {
  const repository = await openRepository(request);
  const person = await personOf(repository.repository);
  const cluster = await connectCluster(request);
  try {
    const { application, environment } = request;
    const candidate = await findCandidate(cluster, application, environment);
    const approvals = await readApprovals(repository, { application, environment });
    const { status, revision, waitsFor } = candidate;
    const base = {
      application,
      environment,
      namespace: candidate.namespace,
      waitsFor: waitsFor ?? null,
      change: null,
      by: null,
      time: null,
      followed: null,
      phase: status.canary?.phase ?? null,
      warnings: candidate.warnings,
    };
    if (waitsFor === undefined || revision === undefined) {
      const before = approvals.find((one) => one.revision === revision);
      if (before === undefined) return { ...base, action: "nothing-waits", reason: whyNot(candidate, request) };
      const { by, time } = before;
      const reason = `${application} in ${environment} runs ${short(before.revision)}, which ${by} approved at ${time}`;
      return { ...base, action: "already-approved", reason, by, time };
    }
    const shown = await shownChange(repository, candidate, { revision, waitsFor }, approvals);
    if (typeof shown === "string") return { ...base, action: "refused", reason: shown };
    const change = { ...shown, image: waitsFor === "promotion" ? (status.nextImage ?? status.image) : null };
    const subject = { application, environment, revision, waitsFor };
    const found = { ...base, change };
    if (waitsFor === "sync" && status.windows?.manual === false) {
      const reason = `the sync windows of ${status.name} let no person through: ${status.windows.message}`;
      return { ...found, action: "refused", reason };
    }
    const before = approvals.find((one) => one.revision === revision && one.waitsFor === waitsFor);
    if (before === undefined && hasFourEyes(candidate.object, environment)) {
      const own = await ownChange(repository, person, { ...shown, path: candidate.path });
      if (own !== undefined) {
        const reason = `${own}: in ${environment} nobody approves their own change; somebody else must`;
        if (!request.dryRun) await noteRefusal(repository, subject, person, reason);
        return { ...found, action: "refused", reason };
      }
    }
    const flux = candidate.object.engine === "flux";
    const api = waitsFor === "sync" && !flux ? await argocdFor(request) : undefined;
    if ((api !== undefined || flux) && waitsFor === "sync" && shown.tip !== revision) {
      const engine = flux ? "Flux" : "Argo CD";
      const reason = `branch "${candidate.branch}" has ${short(shown.tip)} by now; ask again when ${engine} has looked at it`;
      return { ...found, action: "refused", reason };
    }
    if (api !== undefined && !(await maySync(api, candidate.object.spec.project ?? environment, status.name))) {
      const reason = `your account of Argo CD has not the right "sync" on ${status.name}`;
      if (!request.dryRun) await noteRefusal(repository, subject, person, reason);
      return { ...found, action: "refused", reason };
    }
    if (request.dryRun) {
      const reason = before === undefined ? "it would be approved" : `${before.by} approved it at ${before.time}`;
      return { ...found, action: "would-approve", reason };
    }
    const said = { reason: oneLine(request.message ?? ""), image: change.image };
    const approval = before ?? (await recordApproval(repository, subject, person, said));
    if (before !== undefined) await noteApproval(repository, before, change.image);
    const { by, time } = approval;
    options.say(`${before === undefined ? "approved" : "approved already"} by ${by}, recorded in Git`);
    const followed = await letThrough(cluster, candidate, request, { ...options, revision, by, api });
    const done = { ...found, by, time, followed: followed ?? null };
    const unwell = followed !== undefined && ["unwell", "moving"].includes(followed.state);
    // Somebody else may have been faster.
    const mine = before === undefined && by === nameOf(person);
    const reason = followed?.reason ?? `${application} in ${environment} may go on`;
    return { ...done, action: unwell ? "failed" : mine ? "approved" : "already-approved", reason };
  } finally {
    cluster.close();
  }
}

const nameOf = ({ name, email }: Person): string => `${name} <${email}>`;

function whyNot({ status }: Candidate, { application, environment }: ApprovalRequest): string {
  const { canary, waitsFor, windows, sync: state, health } = status;
  const words = `${application} in ${environment} does not wait for an approval`;
  if (waitsFor === "window") return `${words}: it waits for its window (${windows?.message ?? ""})`;
  if (canary !== null && canary.phase !== "Succeeded") return `${words}: its Canary is ${canary.phase}`;
  return `${words}: it is ${state} and ${health}`;
}

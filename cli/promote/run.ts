import { join } from "node:path";

import { execa } from "execa";

import { environmentNames } from "../../infra/environments.ts";
import { connectCluster } from "../cluster/connect.ts";
import type { PromoteFlags } from "../commands/promote.ts";
import { exitCodes, UsageError } from "../errors.ts";
import type { Host } from "../host.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { findKustomize } from "../plan/manifests/kustomize.ts";
import type { Preview } from "../recovery/workspace.ts";
import { deliveryOf } from "../repository/host.ts";
import { openRepository, personOf } from "../repository/open.ts";

import { deliver } from "./deliver.ts";
import { print } from "./print.ts";
import { reviewer } from "./review.ts";
import type { Reviewer } from "./review.ts";
import { signatureCheck } from "./signatures.ts";
import { readSource } from "./source.ts";
import type { Source } from "./source.ts";

/**
 * `gitops promote`.
 * @returns the exit code: 0 promoted (or it was already), 1 when something was refused
 * @throws UsageError, an error of Git or of the host, or the interruption
 */
export async function runPromote(application: string | undefined, flags: PromoteFlags, host: Host): Promise<number> {
  const { from, to } = flags;
  check(application, flags);
  const repository = await openRepository(flags);
  const person = await personOf(repository.repository);
  const pullRequests = await deliveryOf(repository, flags, process.env);
  const { signal, release } = interruptSignal();
  try {
    const source = await read(application, flags);
    const mode = flags.branch ? "branch" : "images";
    if (mode === "branch" && source.branch === source.targetBranch) {
      throw new UsageError(
        `--branch: ${from} and ${to} both follow "${source.branch}"; leave it out to promote images`,
      );
    }
    let preview: Preview | undefined;
    const options = {
      ...repository,
      signal,
      author: person,
      ...(flags.render ? { render: (tree: string, overlay: string) => render(tree, overlay, signal) } : {}),
      ...(flags.dryRun ? { preview: (change: Preview) => (preview = change) } : {}),
    };
    const signed =
      flags.signedBy === undefined
        ? undefined
        : { by: flags.signedBy, check: await signatureCheck(flags.signedBy, signal) };
    const promotion = { from, to, mode, source, by: `${person.name} <${person.email}>`, signed } as const;
    const name = `${mode === "branch" ? "branch" : (application ?? "all")}-${from}-to-${to}`;
    const judge = flags.review ? reviewer(repository.repository, host, signal) : without(promotion.by);
    const delivered = await deliver(promotion, name, options, { pullRequests, judge });
    print({ promotion, delivered, preview, flags });
    const isRefused = delivered.decision.action === "refused" || delivered.plan.refused.length > 0;
    return isRefused ? exitCodes.violation : exitCodes.clean;
  } finally {
    release();
  }
}

const without =
  (person: string): Reviewer =>
  () =>
    Promise.resolve({ outcome: "skipped", reason: `${person} did without it (--no-review)` });

function check(application: string | undefined, { all, from, to, branch, signedBy }: PromoteFlags): void {
  if (branch && signedBy !== undefined) throw new UsageError("--signed-by looks at images; leave --branch out");
  if (environmentNames.indexOf(from) >= environmentNames.indexOf(to)) {
    throw new UsageError(`--from ${from} --to ${to}: a change travels ${environmentNames.join(" -> ")}`);
  }
  if ((application === undefined) === (all === undefined)) {
    throw new UsageError("promote: give one application, or --all");
  }
  if (branch && application !== undefined) {
    throw new UsageError(`--branch takes every application of ${from}; give --all instead of ${application}`);
  }
}

async function read(application: string | undefined, flags: PromoteFlags): Promise<Source> {
  const cluster = await connectCluster(flags);
  try {
    return await readSource(cluster, flags.from, flags.to, application);
  } finally {
    cluster.close();
  }
}

/** Without kustomize nothing is committed unseen: `--no-render` is a person's choice. */
async function render(tree: string, overlay: string, signal: AbortSignal): Promise<void> {
  await execa(await findKustomize(signal), ["build", join(tree, overlay)], { cancelSignal: signal });
}

import type { OnDeployedFlags } from "../commands/on-deployed.ts";
import { exitCodes } from "../errors.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import type { Decision } from "../recovery/decision.ts";
import type { RecoveryEvent } from "../recovery/event.ts";
import { readEvent } from "../recovery/read-event.ts";
import { commitStatusesOf } from "../repository/host.ts";
import { openRepository } from "../repository/open.ts";
import type { Repository } from "../repository/open.ts";

import { recordDeployment } from "./record.ts";
import { commitStatusOf } from "./status.ts";

/**
 * `gitops on-deployed`: writes the note of a sync that has ended, and shows the status of its commit on the host.
 * @returns the exit code
 * @throws UsageError, an error of Git, or the interruption
 */
export async function runOnDeployed(flags: OnDeployedFlags): Promise<number> {
  const { signal, release } = interruptSignal();
  try {
    const event = await readEvent(flags.event);
    const repository = await openRepository(flags);
    const decision = event.kind === "synced" ? await recordDeployment(event, { ...repository, signal }) : undefined;
    const status = await tellHost(repository, event, flags);
    if (flags.json) console.log(JSON.stringify({ version: 1, decision: decision ?? null, status }, null, 2));
    else console.log(textOf(decision, status));
    return exitCodes.clean;
  } finally {
    release();
  }
}

/** A status of the host; null for plain Git. */
type Shown = (ReturnType<typeof commitStatusOf> & { readonly outcome: "shown" | "unchanged" }) | null;

async function tellHost(repository: Repository, event: RecoveryEvent, flags: OnDeployedFlags): Promise<Shown> {
  const statuses = await commitStatusesOf(repository, flags.host, process.env);
  if (statuses === undefined) return null;
  const status = commitStatusOf(event);
  return { ...status, outcome: await statuses.show(status) };
}

function textOf(decision: Decision | undefined, status: Shown): string {
  const lines = decision === undefined ? [] : [`${decision.action}: ${decision.reason}`];
  lines.push(status === null ? "the host is plain Git: no status" : `status ${status.context}: ${status.state}`);
  return lines.join("\n");
}

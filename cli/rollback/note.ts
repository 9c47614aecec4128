import { record, recordOnce } from "../recovery/context.ts";
import type { Context } from "../recovery/context.ts";

import type { Delivered } from "./deliver.ts";

/** Writes down who asked for what: at the commit, or, for a pull request, at the revision that it would take back. */
export async function note(context: Context, { decision, pullRequest }: Delivered): Promise<void> {
  const { request } = context.options;
  const { action, commit, reason, reverted = [] } = decision;
  if (commit === undefined) return;
  const who = {
    ...(request === undefined ? {} : { by: request.by }),
    ...(request?.emergency ? { emergency: request.reason ?? "" } : {}),
  };
  if (action === "rolled-back") await record(context, commit, { action, reason, commit, reverted, ...who });
  if (action === "proposed" && pullRequest !== null) {
    const words = `${reason}; proposed in ${pullRequest.url}`;
    await recordOnce(context, context.event.revision, { action: "rollback-proposed", reason: words, reverted, ...who });
  }
}

import { readFile } from "node:fs/promises";

import { z } from "zod";

import { required } from "../environment.ts";
import type { Environment } from "../environment.ts";

/** The part of a `workflow_run` event that is read here (github/docs, "Webhook events and payloads"). */
const event = z.object({
  workflow_run: z.object({
    id: z.number().int(),
    html_url: z.string(),
    head_sha: z.string(),
    head_branch: z.string(),
    head_repository: z.object({ full_name: z.string(), owner: z.object({ login: z.string() }) }),
  }),
});

/** The run that caused this one. Comes from GitHub, not from the code of the pull request. */
export type FinishedRun = z.output<typeof event>["workflow_run"];

/** @throws outside a workflow that `workflow_run` starts */
export async function readFinishedRun(environment: Environment): Promise<FinishedRun> {
  const file = required(environment, "GITHUB_EVENT_PATH");
  const parsed = event.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (parsed.success) return parsed.data.workflow_run;
  throw new Error(`${file}: not an event of workflow_run:\n${z.prettifyError(parsed.error)}`);
}

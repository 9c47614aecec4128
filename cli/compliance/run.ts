import { join } from "node:path";

import { connectCluster } from "../cluster/connect.ts";
import type { Cluster } from "../cluster/connect.ts";
import type { ComplianceFlags } from "../commands/compliance.ts";
import { exitCodes, UsageError } from "../errors.ts";
import type { Host } from "../host.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { palette } from "../plan/output/palette.ts";
import { findProject } from "../plan/project.ts";

import { schemaVersion } from "./model.ts";
import type { ComplianceDocument } from "./model.ts";
import { complianceMarkdown } from "./output/markdown.ts";
import { complianceTable } from "./output/table.ts";
import { findPlaces } from "./places.ts";
import { reportOn } from "./report.ts";
import { readAdmission } from "./stages/admission.ts";
import { readOcm } from "./stages/ocm.ts";
import { planStage } from "./stages/plan.ts";
import { readWaivers } from "./waivers.ts";

/**
 * `gitops compliance`.
 * @returns the exit code: 0 when every control passes or is waived, else 1
 * @throws UsageError when the cluster does not answer or serves no environment, or the interruption
 */
export async function runCompliance(flags: ComplianceFlags, host: Host): Promise<number> {
  const cluster = await connectCluster(flags);
  const { signal, release } = interruptSignal();
  try {
    const document = await gather(cluster, flags, { host, signal });
    process.stdout.write(format(document, flags));
    const results = document.environments.flatMap(({ controls }) => controls.map(({ result }) => result));
    return results.every((result) => result === "pass" || result === "waived") ? exitCodes.clean : exitCodes.violation;
  } finally {
    release();
    cluster.close();
  }
}

async function gather(
  cluster: Cluster,
  flags: ComplianceFlags,
  run: { readonly host: Host; readonly signal: AbortSignal },
): Promise<ComplianceDocument> {
  // Who is refused here is not known to the cluster: every control would be unknown, for a reason of its own.
  await cluster.get("/version");
  const places = await findPlaces(cluster, flags.env);
  if (places.length === 0) throw new UsageError("the cluster has no namespace of an environment; nothing was judged");
  const choice = { directory: flags.directory, stack: flags.stack, local: flags.local !== undefined };
  const [admission, ocm, planned] = await Promise.all([
    readAdmission(cluster),
    readOcm(cluster),
    flags.plan ? planStage(choice, places, run) : undefined,
  ]);
  const waivers = readWaivers(waiversFile(flags.directory));
  const environments = [];
  for (const place of places) {
    environments.push({ ...place, controls: await reportOn(place, { cluster, admission, ocm, planned, waivers }) });
  }
  const warnings = [
    ...(flags.plan ? [] : ["the plan is left out: what a merge would bring was not judged"]),
    ...(planned !== undefined && "plan" in planned ? planned.plan.warnings : []),
  ];
  return { schemaVersion, time: new Date().toISOString(), environments, warnings };
}

/** Of the project that is here; away from one nothing is waived. */
function waiversFile(directory: string | undefined): string | undefined {
  try {
    return join(findProject(directory).directory, "policies", "waivers.yaml");
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function format(document: ComplianceDocument, { json, markdown }: ComplianceFlags): string {
  if (json) return `${JSON.stringify(document, null, 2)}\n`;
  if (markdown) return complianceMarkdown(document);
  return `${complianceTable(document, palette(process.stdout.isTTY))}\n`;
}

import { policyName } from "../../infra/compliance/admission/rule.ts";
import { controls } from "../../infra/compliance/controls.ts";
import type { Control } from "../../infra/compliance/controls.ts";
import { ocmPolicyName } from "../../infra/compliance/ocm/names.ts";
import type { Waiver } from "../../policies/waivers/parse.ts";
import type { Cluster } from "../cluster/connect.ts";

import { readLive } from "./live/read.ts";
import type { Live, Read } from "./live/read.ts";
import { worst } from "./model.ts";
import type { ControlReport, Evidence, Stage, StageReport } from "./model.ts";
import type { Place } from "./places.ts";
import { admissionEvidence } from "./stages/admission.ts";
import type { Admission } from "./stages/admission.ts";
import { ocmEvidence } from "./stages/ocm.ts";
import { planEvidence } from "./stages/plan.ts";
import type { Planned } from "./stages/plan.ts";
import { runningEvidence } from "./stages/running.ts";
import { waived } from "./waivers.ts";

/** What is the same for all environments. */
export interface Gathered {
  readonly cluster: Cluster;
  readonly admission: Admission;
  readonly ocm: Read;
  /** Undefined where the plan is left out. */
  readonly planned: Planned | undefined;
  readonly waivers: readonly Waiver[];
}

/** Every control in one environment, with its evidence. */
export async function reportOn(place: Place, gathered: Gathered): Promise<readonly ControlReport[]> {
  const live = await readLive(gathered.cluster, place.namespace);
  return Promise.all(controls.map((control) => controlReport(control, place, live, gathered)));
}

async function controlReport(control: Control, place: Place, live: Live, gathered: Gathered): Promise<ControlReport> {
  const { crossGuard, admission } = control.enforcedBy;
  const { cluster, planned, ocm, waivers } = gathered;
  const found: Partial<Record<Stage, { by: readonly string[]; evidence: readonly Evidence[] | undefined }>> = {
    plan: {
      by: crossGuard,
      evidence: planned === undefined || crossGuard.length === 0 ? undefined : planEvidence(crossGuard, planned, place),
    },
    admission: {
      by: admission === undefined ? [] : [policyName({ name: admission })],
      evidence:
        admission === undefined ? undefined : await admissionEvidence(cluster, admission, gathered.admission, place),
    },
    running: { by: [], evidence: runningEvidence(control.id, live, place) },
    ocm: { by: [ocmPolicyName(control.id)], evidence: ocmEvidence(control.id, ocm, place) },
  };
  const stages = Object.entries(found).flatMap(([stage, { by, evidence }]): StageReport[] => {
    if (evidence === undefined) return [];
    // The pack has taken waived violations out of the plan already; what admission refuses nobody waives.
    const judged = stage === "running" ? evidence.map((one) => waived(one, crossGuard, waivers)) : evidence;
    const result = worst(judged.map((one) => one.result));
    return [{ stage: stage as Stage, enforcedBy: by, result, evidence: judged }];
  });
  return {
    control: control.id,
    title: control.title,
    severity: control.severity,
    references: control.references.map(({ name, reference }) => `${name} ${reference}`),
    result: worst(stages.map(({ result }) => result)),
    stages,
  };
}

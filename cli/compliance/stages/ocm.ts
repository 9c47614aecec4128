import { apiVersions, ocmPolicyName } from "../../../infra/compliance/ocm/names.ts";
import type { Cluster } from "../../cluster/connect.ts";
import { seen, unseen } from "../live/evidence.ts";
import { list } from "../live/read.ts";
import type { Read } from "../live/read.ts";
import type { Evidence } from "../model.ts";
import type { Place } from "../places.ts";

/** The ConfigurationPolicies of the cluster; refused where Open Cluster Management is not there. */
export function readOcm(cluster: Cluster): Promise<Read> {
  const { policy } = apiVersions;
  return list(cluster, `/apis/${policy}/configurationpolicies`, policy, "ConfigurationPolicy");
}

/** What the controller says of its policy; undefined where there is none, as Open Cluster Management is optional. */
export function ocmEvidence(control: string, ocm: Read, { environment }: Place): readonly Evidence[] | undefined {
  if ("refused" in ocm) return undefined;
  const name = `${ocmPolicyName(control)}-${environment}`;
  const found = ocm.objects.filter(({ metadata }) => metadata.name === name);
  if (found.length === 0) return undefined;
  return found.map((policy) => {
    const status = policy["status"] as { compliant?: string; lastEvaluated?: string } | undefined;
    const { compliant, lastEvaluated = "never" } = status ?? {};
    const says = `${compliant ?? "not evaluated"}, evaluated ${lastEvaluated}`;
    if (compliant === "Compliant" || compliant === "NonCompliant")
      return seen(policy, compliant === "Compliant" ? [] : [says], says);
    return unseen(`ConfigurationPolicy ${name}`, says);
  });
}

import { policyName } from "../../../infra/compliance/admission/rule.ts";
import { labels } from "../../../infra/labels.ts";
import type { Cluster } from "../../cluster/connect.ts";
import { UsageError } from "../../errors.ts";
import { missing, seen, unseen } from "../live/evidence.ts";
import { list } from "../live/read.ts";
import type { LiveObject, Read } from "../live/read.ts";
import type { Evidence } from "../model.ts";
import type { Place } from "../places.ts";
import { violatingProbes } from "../probes.ts";

const api = "admissionregistration.k8s.io/v1";

/** The policies of admission and their bindings, as the cluster has them. */
export interface Admission {
  readonly policies: Read;
  readonly bindings: Read;
}

export async function readAdmission(cluster: Cluster): Promise<Admission> {
  const path = `/apis/${api}`;
  const [policies, bindings] = await Promise.all([
    list(cluster, `${path}/validatingadmissionpolicies`, api, "ValidatingAdmissionPolicy"),
    list(cluster, `${path}/validatingadmissionpolicybindings`, api, "ValidatingAdmissionPolicyBinding"),
  ]);
  return { policies, bindings };
}

/** That a rule is there, bound to the environment with Deny, and that it really refuses an object that breaks it. */
export async function admissionEvidence(
  cluster: Cluster,
  rule: string,
  admission: Admission,
  place: Place,
): Promise<readonly Evidence[]> {
  const name = policyName({ name: rule });
  return [
    policyEvidence(admission.policies, name),
    bindingEvidence(admission.bindings, name, place),
    await probeEvidence(cluster, rule, name, place),
  ];
}

function policyEvidence(policies: Read, name: string): Evidence {
  const object = `ValidatingAdmissionPolicy ${name}`;
  if ("refused" in policies) return unseen(object, `could not be read: ${policies.refused}`);
  const found = policies.objects.find(({ metadata }) => metadata.name === name);
  if (found === undefined) return missing(object, "is not there");
  const { failurePolicy } = found["spec"] as { failurePolicy?: string };
  return seen(found, failurePolicy === "Fail" ? [] : [`failurePolicy is ${failurePolicy ?? "nothing"}`], "is there");
}

interface BindingSpec {
  readonly policyName?: string;
  readonly validationActions?: readonly string[];
  readonly matchResources?: {
    readonly namespaceSelector?: {
      readonly matchExpressions?: readonly { readonly key: string; readonly values?: readonly string[] }[];
    };
  };
}

function bindingEvidence(bindings: Read, name: string, { environment }: Place): Evidence {
  const object = `ValidatingAdmissionPolicyBinding of ${name}`;
  if ("refused" in bindings) return unseen(object, `could not be read: ${bindings.refused}`);
  const spec = (binding: LiveObject) => binding["spec"] as BindingSpec;
  const own = bindings.objects.filter((binding) => {
    const expressions = spec(binding).matchResources?.namespaceSelector?.matchExpressions ?? [];
    const selects = expressions.some(
      ({ key, values = [] }) => key === labels.environment && values.includes(environment),
    );
    return spec(binding).policyName === name && selects;
  });
  const strictest = own.find((binding) => spec(binding).validationActions?.includes("Deny")) ?? own[0];
  if (strictest === undefined) return missing(object, `none is for ${environment}`);
  const actions = (spec(strictest).validationActions ?? []).join(", ");
  return seen(
    strictest,
    actions.includes("Deny") ? [] : [`the action is ${actions}, not Deny`],
    `the action is ${actions}`,
  );
}

/** Nothing is kept: the API server decides as for a real write, and forgets it (dryRun=All). */
async function probeEvidence(cluster: Cluster, rule: string, name: string, place: Place): Promise<Evidence> {
  const probe = violatingProbes[rule];
  if (probe === undefined) return unseen(`a violation of ${name}`, "there is no object to try it with");
  const { path, object } = probe(place);
  const tried = `${String(object["kind"])} that breaks ${name}, as a dry run`;
  try {
    const accepted = await cluster.post(`${path}?dryRun=All`, object);
    return accepted === undefined
      ? unseen(tried, `could not be tried: the cluster has no ${path}`)
      : missing(tried, "was accepted");
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // An answer may be JSON in a text; its quotes are escaped then, and an apostrophe never is.
    const denied = error.message.includes(`ValidatingAdmissionPolicy '${name}'`);
    if (!denied) return unseen(tried, `was refused for another reason: ${error.message}`);
    return { object: tried, resourceVersion: null, result: "pass", says: "was refused by it" };
  }
}

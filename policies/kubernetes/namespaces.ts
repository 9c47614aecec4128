import { cis, nsa, pci } from "../model/framework.ts";
import { isKind, labelsOf, nameOf, namespaceOf, spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { objectPolicy, objectSetPolicy } from "../model/object-policy.ts";
import { fields, list, quote, text, texts } from "../model/values.ts";

interface Settings {
  readonly levels: readonly string[];
  readonly fill: string;
}

const prefix = "pod-security.kubernetes.io/";

export const namespacePodSecurity = objectPolicy<Settings>({
  name: "namespace-pod-security",
  description: "Every namespace enforces a pod security standard.",
  severity: "high",
  remediation: "add the labels pod-security.kubernetes.io/enforce, warn and audit; level `remediate` adds them",
  references: [cis("4.2.1"), nsa("Kubernetes Pod security"), pci("2.2.6")],
  settings: {
    levels: {
      type: "array",
      items: { type: "string", enum: ["restricted", "baseline", "privileged"] },
      default: ["restricted"],
      description: "Standards that do.",
    },
    fill: {
      type: "string",
      enum: ["restricted", "baseline"],
      default: "restricted",
      description: "What level `remediate` puts on a namespace without a label; it never changes one.",
    },
  },
  judgeObject: (object, { levels }) => {
    if (!isKind(object, "", "Namespace")) return [];
    const enforced = text(labelsOf(object)[`${prefix}enforce`]);
    return enforced !== undefined && levels.includes(enforced) ? [] : [`the namespace enforces ${quote(enforced)}`];
  },
  remediate: (props, { fill }) => {
    const metadata = fields(props["metadata"]);
    const labels = fields(metadata["labels"]);
    if (props["kind"] !== "Namespace" || props["apiVersion"] !== "v1" || `${prefix}enforce` in labels) return false;
    const added = Object.fromEntries(["enforce", "warn", "audit"].map((mode) => [`${prefix}${mode}`, fill]));
    props["metadata"] = { ...metadata, labels: { ...added, ...labels } };
    return true;
  },
});

export const namespaceDefaultDeny = objectSetPolicy({
  name: "namespace-default-deny",
  description: "In every namespace only the traffic flows that a NetworkPolicy allows.",
  severity: "high",
  remediation: "add a NetworkPolicy with an empty podSelector, both policyTypes and no rules",
  references: [cis("4.3.2"), nsa("Network separation and hardening"), pci("1.3.2")],
  judgeObjects: (objects) => {
    const closed = new Set(objects.filter(isDefaultDeny).map(namespaceOf));
    return objects
      .filter((object) => isKind(object, "", "Namespace") && !closed.has(nameOf(object)))
      .map((object) => ({ object, reason: `namespace ${quote(nameOf(object))} has no default-deny NetworkPolicy` }));
  },
});

function isDefaultDeny(object: KubernetesObject): boolean {
  if (!isKind(object, "networking.k8s.io", "NetworkPolicy")) return false;
  const { podSelector, policyTypes, ingress, egress } = spec(object);
  const everyPod = Object.values(fields(podSelector)).every((value) => Object.keys(fields(value)).length === 0);
  const both = ["Ingress", "Egress"].every((type) => texts(policyTypes).includes(type));
  return everyPod && both && list(ingress).length === 0 && list(egress).length === 0;
}
